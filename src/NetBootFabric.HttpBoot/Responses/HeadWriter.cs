using System.Buffers.Text;
using System.Text;

namespace NetBootFabric.HttpBoot.Responses;

/// <summary>Writes a response's head (RFC 9112 §4, §5) into a buffer that has room for it.</summary>
internal ref struct HeadWriter(Span<byte> buffer)
{
    /// <summary>Octets that any head of ours fits in: the longest value is an entity tag of some 40.</summary>
    public const int MaximumLength = 1024;

    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }
    public readonly Span<byte> Rest => _buffer[Length..];

    public void Status(int status)
    {
        Add("HTTP/1.1 "u8);
        Add(status);
        Add(" "u8);
        Add(ReasonOf(status));
    }

    public void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name(name);
        Add(value);
    }

    public void Field(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Add(value);
    }

    /// <param name="value">ASCII.</param>
    public void Field(ReadOnlySpan<byte> name, string value)
    {
        Name(name);
        Add(value);
    }

    public void Field(ReadOnlySpan<byte> name, DateTimeOffset value)
    {
        Name(name);
        Utf8Formatter.TryFormat(value, Rest, out var written, 'R');
        Length += written;
    }

    public void Tag(string value)
    {
        Name("ETag"u8);
        Add("\""u8);
        Add(value);
        Add("\""u8);
    }

    public void End() => Add("\r\n\r\n"u8);

    public void Add(scoped ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Rest);
        Length += octets.Length;
    }

    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, Rest, out var written);
        Length += written;
    }

    private void Add(string text)
    {
        Ascii.FromUtf16(text, Rest, out var written);
        Length += written;
    }

    public void Name(ReadOnlySpan<byte> name)
    {
        Add("\r\n"u8);
        Add(name);
        Add(": "u8);
    }

    private static ReadOnlySpan<byte> ReasonOf(int status) => status switch
    {
        200 => "OK"u8,
        206 => "Partial Content"u8,
        304 => "Not Modified"u8,
        400 => "Bad Request"u8,
        403 => "Forbidden"u8,
        404 => "Not Found"u8,
        405 => "Method Not Allowed"u8,
        408 => "Request Timeout"u8,
        413 => "Content Too Large"u8,
        414 => "URI Too Long"u8,
        416 => "Range Not Satisfiable"u8,
        417 => "Expectation Failed"u8,
        431 => "Request Header Fields Too Large"u8,
        500 => "Internal Server Error"u8,
        501 => "Not Implemented"u8,
        503 => "Service Unavailable"u8,
        505 => "HTTP Version Not Supported"u8,
        _ => "-"u8,
    };
}

using System.Buffers.Text;
using System.Text;

namespace NetBootFabric.Storm.Http;

/// <summary>What a client needs of a response's head (RFC 9112 §4 and §6).</summary>
internal readonly record struct HttpHead(int Status, long? Length, bool IsChunked, bool Closes, int? RetryAfterSeconds)
{
    /// <summary>Octets of the head with its empty line; 0 while it is not whole.</summary>
    public static int SizeOf(ReadOnlySpan<byte> octets)
    {
        var end = octets.IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }

    /// <param name="octets">A whole head. Never throws: what is not HTTP has status 0.</param>
    public static HttpHead Parse(ReadOnlySpan<byte> octets)
    {
        var head = new HttpHead { Closes = octets.StartsWith("HTTP/1.0"u8) };
        if (octets.StartsWith("HTTP/1."u8) && octets.Length > 12 && Utf8Parser.TryParse(octets[9..12], out int status, out _)) head = head with { Status = status };
        foreach (var range in octets.Split("\r\n"u8))
        {
            var line = octets[range];
            var colon = line.IndexOf((byte)':');
            if (colon > 0) head = head.With(line[..colon], line[(colon + 1)..].Trim((byte)' '));
        }
        return head;
    }

    private HttpHead With(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Is(name, "Content-Length"u8)) return this with { Length = Number(value) };
        if (Is(name, "Transfer-Encoding"u8)) return this with { IsChunked = Is(value, "chunked"u8) };
        if (Is(name, "Connection"u8)) return this with { Closes = Is(value, "close"u8) };
        if (Is(name, "Retry-After"u8)) return this with { RetryAfterSeconds = (int?)Number(value) };
        return this;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(text, other);

    private static long? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length && number >= 0 ? number : null;
}

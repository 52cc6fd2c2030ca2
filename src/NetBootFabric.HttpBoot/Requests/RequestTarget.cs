using System.Buffers;
using System.Text;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>The request target (RFC 9112 §3.2), percent-decoded once.</summary>
/// <param name="Path">Without the leading slash; what it may hold is decided where it is resolved.</param>
/// <param name="Query">Without the question mark, as sent.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Of a path: octets that are no UTF-8 become U+FFFD, so that it is not found, and told.</summary>
    private static readonly UTF8Encoding Lenient = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Takes the origin form, <c>/path?query</c>, and the absolute form, <c>http://host/path?query</c>.</summary>
    public static bool TryParse(string raw, out RequestTarget target)
    {
        target = default;
        var rest = raw.AsSpan();
        if (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var slash = rest[7..].IndexOf('/'); // 7 = http://
            rest = slash < 0 ? "/" : rest[(7 + slash)..];
        }
        if (rest.IsEmpty || rest[0] != '/') return false;
        var question = rest.IndexOf('?');
        var query = question < 0 ? "" : rest[(question + 1)..].ToString();
        if (question >= 0) rest = rest[..question];
        if (!TryDecode(rest[1..], plusIsBlank: false, Lenient, out var path)) return false;
        target = new RequestTarget(path, query);
        return true;
    }

    /// <summary>The value of <paramref name="name"/> in the query; null when it is not there or not well encoded.</summary>
    public string? Value(string name)
    {
        foreach (var range in Query.AsSpan().Split('&'))
        {
            var pair = Query.AsSpan(range);
            if (pair.StartsWith(name) && pair.Length > name.Length && pair[name.Length] == '=')
                return TryDecode(pair[(name.Length + 1)..], plusIsBlank: true, StrictUtf8, out var value) ? value : null;
        }
        return null;
    }

    private static bool TryDecode(ReadOnlySpan<char> text, bool plusIsBlank, Encoding utf8, out string decoded)
    {
        decoded = "";
        if (!text.ContainsAny('%', '+') && System.Text.Ascii.IsValid(text))
        {
            decoded = text.ToString();
            return true;
        }
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            return Unescape(text, plusIsBlank, bytes) is { } length && TryUtf8(bytes.AsSpan(0, length), utf8, out decoded);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int? Unescape(ReadOnlySpan<char> text, bool plusIsBlank, Span<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAscii(text[i])) return null;
            bytes[length] = plusIsBlank && text[i] == '+' ? (byte)' ' : (byte)text[i];
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return null;
                bytes[length] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            length++;
        }
        return length;
    }

    private static bool TryUtf8(ReadOnlySpan<byte> bytes, Encoding utf8, out string text)
    {
        try
        {
            text = utf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}

using System.Text;

namespace NetBootFabric.Import;

/// <summary>Bytes of a file as text.</summary>
internal static class SourceText
{
    /// <summary>UTF-8, or UTF-16 when its mark is there (a spreadsheet's "Unicode text"). Null: neither.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.Unicode.Preamble)) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble)) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[3..];
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    /// <summary>For a message on a terminal: no control characters, no more than <paramref name="most"/> characters, and nothing that stands behind a word like password.</summary>
    public static string Shown(string text, int most = 60)
    {
        foreach (var word in (string[])["passw", "secret"])
        {
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            while (at < text.Length && char.IsAsciiLetter(text[at])) at++;
            if (at < text.Length) text = $"{text[..at]} …";
        }
        var shown = new StringBuilder(Math.Min(text.Length, most));
        foreach (var c in text.AsSpan().Trim())
        {
            if (shown.Length >= most) return $"{shown.ToString().TrimEnd()}…";
            // Surrogates too: half of one is no character.
            shown.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? ' ' : c);
        }
        return shown.ToString();
    }
}

using System.Globalization;

namespace NetBootFabric.Import.Values;

/// <summary>MAC addresses as people and programs write them.</summary>
internal static class MacText
{
    private const int Octets = 6;
    private const int InfiniBandOctets = 20; // RFC 4391 §9.1.1: queue pair, GID
    private const int TypedLength = 3 * (Octets + 1) - 1;

    /// <summary>Whether it is the address of an InfiniBand card: it names no client of the fabric.</summary>
    public static bool IsInfiniBand(string text) =>
        text.Split(':') is { Length: InfiniBandOctets } parts
            && parts.All(part => part.Length is 1 or 2 && part.All(char.IsAsciiHexDigit));

    /// <summary>What is wrong with a text that is no MAC address, and what to write.</summary>
    public static string Fault(string text) =>
        IsNumber(text) ? "was a MAC address until a spreadsheet took it for a number; make the column text, and write it again"
        : "is no MAC address; write one like 52:54:00:12:34:56";

    /// <summary>
    /// Six groups of one or two digits joined by <c>:</c> or <c>-</c>, three of four joined by dots, or twelve digits; before them may be
    /// the hardware type of Ethernet (<c>01-52-54-…</c>), as PXELINUX writes it in names of files. Comes back as 52:54:00:12:34:56.
    /// </summary>
    public static string? Parse(string text)
    {
        if (text.Length == TypedLength && text[2] is '-' or ':' && text.StartsWith("01", StringComparison.Ordinal)) text = text[3..];
        var parts = text.Contains(':', StringComparison.Ordinal) ? text.Split(':') : text.Contains('-', StringComparison.Ordinal) ? text.Split('-') : null;
        if (parts is null) return text.Length == 14 && text[4] == '.' && text[9] == '.' ? Plain(text.Replace(".", "", StringComparison.Ordinal)) : Plain(text);
        return parts.Length == Octets && parts.All(part => part.Length is 1 or 2 && part.All(char.IsAsciiHexDigit)) ? string.Join(':', parts.Select(part => part.PadLeft(2, '0').ToLowerInvariant())) : null;
    }

    /// <summary>Whether it can be a machine's own: a group address or nothing but zeros names none.</summary>
    public static bool IsMachine(string mac) =>
        (byte.Parse(mac.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) == 0 && mac != "00:00:00:00:00:00";

    /// <summary>As in 5.254E+11, or twelve digits whose zeros at the beginning were cut off.</summary>
    private static bool IsNumber(string text)
    {
        var exponent = text.IndexOf("E+", StringComparison.OrdinalIgnoreCase);
        var mantissa = exponent < 0 ? text : text[..exponent];
        if (exponent > 0) return mantissa.All(c => char.IsAsciiDigit(c) || c is '.' or ',')
            && text[(exponent + 2)..].All(char.IsAsciiDigit);
        return text.Length is > 6 and < 2 * Octets && text.All(char.IsAsciiDigit);
    }

    private static string? Plain(string digits) =>
        digits.Length == 2 * Octets && digits.All(char.IsAsciiHexDigit) ? string.Join(':', Enumerable.Range(0, Octets).Select(i => digits.Substring(2 * i, 2).ToLowerInvariant())) : null;
}

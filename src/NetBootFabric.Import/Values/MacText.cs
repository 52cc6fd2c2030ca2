using System.Globalization;

namespace NetBootFabric.Import.Values;

/// <summary>MAC addresses as people and programs write them.</summary>
internal static class MacText
{
    private const int Octets = 6;

    /// <summary>Six groups of one or two digits joined by <c>:</c> or <c>-</c>, three of four joined by dots, or twelve digits; comes back as 52:54:00:12:34:56.</summary>
    public static string? Parse(string text)
    {
        var parts = text.Contains(':', StringComparison.Ordinal) ? text.Split(':') : text.Contains('-', StringComparison.Ordinal) ? text.Split('-') : null;
        if (parts is null) return text.Length == 14 && text[4] == '.' && text[9] == '.' ? Plain(text.Replace(".", "", StringComparison.Ordinal)) : Plain(text);
        return parts.Length == Octets && parts.All(part => part.Length is 1 or 2 && part.All(char.IsAsciiHexDigit)) ? string.Join(':', parts.Select(part => part.PadLeft(2, '0').ToLowerInvariant())) : null;
    }

    /// <summary>Whether it can be a machine's own: a group address or nothing but zeros names none.</summary>
    public static bool IsMachine(string mac) =>
        (byte.Parse(mac.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) == 0 && mac != "00:00:00:00:00:00";

    private static string? Plain(string digits) =>
        digits.Length == 2 * Octets && digits.All(char.IsAsciiHexDigit) ? string.Join(':', Enumerable.Range(0, Octets).Select(i => digits.Substring(2 * i, 2).ToLowerInvariant())) : null;
}

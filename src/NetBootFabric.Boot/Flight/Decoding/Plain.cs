using System.Globalization;
using System.Text;

namespace NetBootFabric.Boot.Flight.Decoding;

/// <summary>Octets from the wire as text that nothing breaks out of: printable ASCII, bounded.</summary>
internal static class Plain
{
    private const int Longest = 256;

    /// <summary>What is no printable ASCII stands as \x1b.</summary>
    public static string Text(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length);
        foreach (var octet in octets)
        {
            if (text.Length >= Longest) return text.Append("...").ToString();
            if (octet is >= 0x20 and < 0x7F) text.Append((char)octet);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
        }
        return text.ToString();
    }

    public static string Quoted(ReadOnlySpan<byte> octets) => $"\"{Text(octets)}\"";

    /// <param name="most">Octets that are shown.</param>
    public static string Hex(ReadOnlySpan<byte> octets, int most = 96) =>
        octets.Length <= most ? Convert.ToHexStringLower(octets) : $"{Convert.ToHexStringLower(octets[..most])}... ({octets.Length} octets)";
}

using System.Text;

namespace NetBootFabric.Dhcp;

/// <summary>Text from the wire, fit to be shown: printable ASCII, at most 255 characters. Machines of one room say the same, so the last string is kept.</summary>
internal sealed class WireText
{
    private const int Longest = 255;

    private string _last = "";

    public string Read(ReadOnlySpan<byte> octets)
    {
        octets = octets.TrimEnd((byte)0);
        if (octets.Length > Longest) octets = octets[..Longest];
        if (Ascii.Equals(octets, _last)) return _last;
        return _last = string.Create(octets.Length, octets, static (text, octets) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = octets[i] is >= 0x20 and < 0x7F ? (char)octets[i] : '?';
        });
    }
}

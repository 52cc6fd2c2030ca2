namespace NetBootFabric.Boot.Flight.Decoding;

/// <summary>A packet for people: one line, and what stands in it. Printable ASCII only, whatever clients sent.</summary>
/// <param name="Line">What it is and what matters of it.</param>
/// <param name="Details">A line each: options and fields by name.</param>
public sealed record PacketText(string Line, IReadOnlyList<string> Details)
{
    public PacketText(string line) : this(line, []) { }

    public static PacketText Of(FlightEntry entry)
    {
        if (entry.Note is { } note) return new PacketText(note);
        var octets = entry.Payload.Span;
        return entry.Packet.Protocol switch
        {
            FlightProtocol.Dhcp => DhcpText.Of(octets),
            FlightProtocol.Tftp => TftpText.Of(octets, Math.Max(entry.Packet.Length, octets.Length)),
            FlightProtocol.Arp => ArpText.Of(octets),
            _ => Unreadable("packet", "of no known protocol", octets),
        };
    }

    /// <summary>What can't be parsed: why, and how it begins.</summary>
    internal static PacketText Unreadable(string what, string why, ReadOnlySpan<byte> octets) =>
        new($"malformed {what} ({why}), {octets.Length} octets", [$"begins {Plain.Hex(octets, most: 64)}"]);
}

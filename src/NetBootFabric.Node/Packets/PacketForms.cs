using NetBootFabric.AdminApi.Packets;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Flight.Decoding;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Packets;

/// <summary>From what a recorder gives to what head nodes tell each other, and from that to what operators read. Pure.</summary>
internal static class PacketForms
{
    public static HeadPacket Told(FlightEntry entry, Func<Ipv4Address, MacAddress> ownMac)
    {
        var packet = entry.Packet;
        var at = (entry.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        if (entry.Note is { } note) return new HeadPacket(at, packet.Protocol.ToString(), false, false, 0, 0, 0, 0, 0, null, note, null);
        var mac = ownMac(packet.Sent ? packet.Source : packet.Destination).ToString();
        return new HeadPacket(at, packet.Protocol.ToString(), packet.Sent, packet.Again, packet.Source.Value, packet.SourcePort, packet.Destination.Value, packet.DestinationPort, packet.Length, entry.Payload.ToArray(), null, mac);
    }

    public static FlightEntry Entry(HeadPacket told) => new()
    {
        At = DateTimeOffset.UnixEpoch.AddTicks(told.At * TimeSpan.TicksPerMicrosecond),
        Packet = new FlightPacket(Enum.TryParse<FlightProtocol>(told.Protocol, out var protocol) ? protocol : FlightProtocol.Boot, told.Sent, new(told.From), told.FromPort, new(told.To), told.ToPort) { Length = told.Length, Again = told.Again },
        Payload = told.Payload ?? [],
        Note = told.Note,
    };

    public static PacketView View(string node, HeadPacket told)
    {
        var entry = Entry(told);
        var text = PacketText.Of(entry);
        var packet = entry.Packet;
        var isNote = told.Note is not null;
        return new PacketView
        {
            At = entry.At,
            Node = node,
            Protocol = told.Protocol.ToLowerInvariant(),
            Kind = isNote ? "note" : told.Sent ? "sent" : "received",
            Again = told.Again,
            From = isNote ? null : Endpoint(packet.Source, packet.SourcePort),
            To = isNote ? null : Endpoint(packet.Destination, packet.DestinationPort),
            Octets = isNote ? null : told.Length,
            Text = text.Line,
            Details = text.Details,
        };
    }

    private static string Endpoint(Ipv4Address address, ushort port) => port == 0 ? address.ToString() : $"{address}:{port}";
}

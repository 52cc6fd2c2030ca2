using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Flight;

/// <summary>
/// Remembers each client's last packets and decisions, bounded per client and in all, for <c>pbm packets</c> and for failed boots. Calls are made on packet paths: they copy what they
/// need, never block for long, never throw. A client of the default value is nobody: nothing is remembered of it.
/// </summary>
public interface IFlightRecorder
{
    /// <summary>One datagram that came or left.</summary>
    /// <param name="client">Whose it is.</param>
    /// <param name="packet">Its addresses and direction.</param>
    /// <param name="payload">Of the UDP datagram, or the whole ARP packet.</param>
    void Packet(MacAddress client, in FlightPacket packet, ReadOnlySpan<byte> payload);

    /// <summary>Something that was decided or seen, that is no datagram: a request and its answer over HTTP, a block sent again, a DISCOVER left without an answer and why.</summary>
    /// <param name="text">One line of plain text; what is not printable ASCII becomes '?'.</param>
    void Note(MacAddress client, FlightProtocol protocol, string text);

    /// <summary>Who has the address now, for servers that know a client by its address alone; the default value when nobody is known to. To be asked once a transfer, not for each packet.</summary>
    MacAddress ClientAt(Ipv4Address address);
}

public enum FlightProtocol : byte { Dhcp, Arp, Tftp, Http, Boot }

/// <param name="Sent">By us.</param>
/// <param name="Source">IP address; the sender's protocol address for ARP.</param>
public readonly record struct FlightPacket(FlightProtocol Protocol, bool Sent, Ipv4Address Source, ushort SourcePort, Ipv4Address Destination, ushort DestinationPort)
{
    /// <summary>Octets of the payload when only its beginning is given: a file's content is not remembered. 0: it is given whole.</summary>
    public int Length { get; init; }

    /// <summary>It was sent before.</summary>
    public bool Again { get; init; }
}

/// <summary>Remembers nothing.</summary>
public sealed class NoFlightRecorder : IFlightRecorder
{
    public static NoFlightRecorder Instance { get; } = new();

    private NoFlightRecorder() { }

    public void Packet(MacAddress client, in FlightPacket packet, ReadOnlySpan<byte> payload) { }

    public void Note(MacAddress client, FlightProtocol protocol, string text) { }

    public MacAddress ClientAt(Ipv4Address address) => default;
}

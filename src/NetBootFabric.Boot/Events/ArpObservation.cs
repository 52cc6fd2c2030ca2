using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Events;

public enum ArpSighting
{
    /// <summary>The client asks who has our address.</summary>
    ServerAsked,

    /// <summary>The client announces or uses its address (RFC 5227 announcement, or sender of any ARP packet).</summary>
    ClientAnnounced,

    /// <summary>The client answered our own request: it has its address.</summary>
    ClientAnswered,

    /// <summary><see cref="ArpObservation.Sender"/> speaks for an address that we gave to somebody else, or that nobody should have.</summary>
    Conflict,
}

/// <param name="Sender">Who sent the ARP packet.</param>
/// <param name="Address">The address it is about: the client's own for announcements, the disputed one for conflicts, the server's for questions.</param>
/// <param name="Times">How often within the watcher's memory of this client, this included.</param>
public sealed record ArpObservation(ArpSighting Sighting, MacAddress Sender, Ipv4Address Address, int Times, string Interface, DateTimeOffset At)
{
    /// <summary>The address that it was sent from; 0.0.0.0: not known.</summary>
    public Ipv4Address SenderAddress { get; init; }
}

/// <summary>A booted (or failing) system's own word, over HTTP.</summary>
/// <param name="Client">From the report's URL.</param>
/// <param name="Booted">False: the system says that it failed, and <see cref="Detail"/> why.</param>
public sealed record SystemReport(MacAddress Client, Ipv4Address Peer, bool Booted, string? Detail, DateTimeOffset At);

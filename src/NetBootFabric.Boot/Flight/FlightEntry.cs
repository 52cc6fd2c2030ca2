namespace NetBootFabric.Boot.Flight;

/// <summary>One thing that was remembered of a client: a packet, or a note.</summary>
public sealed record FlightEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>With the direction and, for packets, the endpoints.</summary>
    public required FlightPacket Packet { get; init; }

    /// <summary>Of the UDP datagram, or the ARP packet; may be only its beginning (<see cref="FlightPacket.Length"/> is that of the whole).</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Null: it is a packet.</summary>
    public string? Note { get; init; }
}

/// <summary>What one head node remembers of a client.</summary>
public sealed record FlightLog
{
    /// <summary>Of the boot going on, and what came before it as far as there is room; oldest first.</summary>
    public IReadOnlyList<FlightEntry> Current { get; init; } = [];

    /// <summary>Of the last boot that failed.</summary>
    public IReadOnlyList<FlightEntry> Failed { get; init; } = [];

    /// <summary>Its number; 0: none is kept here.</summary>
    public long FailedBoot { get; init; }
}

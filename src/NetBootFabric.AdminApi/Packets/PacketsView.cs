namespace NetBootFabric.AdminApi.Packets;

/// <summary>What the head nodes remember of one client, by time. All text is printable ASCII, whatever clients sent.</summary>
public sealed record PacketsView
{
    public required string Mac { get; init; }
    public required string Name { get; init; }

    /// <summary>current or failed.</summary>
    public required string Boot { get; init; }

    /// <summary>Number of the last boot that failed and whose packets are kept; null: none.</summary>
    public long? FailedBoot { get; init; }
    public IReadOnlyList<PacketView> Packets { get; init; } = [];
}

/// <summary>A packet, or a note on what was decided or seen.</summary>
public sealed record PacketView
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The head node that saw it.</summary>
    public required string Node { get; init; }

    /// <summary>dhcp, arp, tftp, http or boot.</summary>
    public required string Protocol { get; init; }

    /// <summary>received, sent or note.</summary>
    public required string Kind { get; init; }

    /// <summary>Sent before.</summary>
    public bool Again { get; init; }

    /// <summary>Address and port; of ARP the addresses it speaks of. Null for notes.</summary>
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>Of the whole payload; null for notes.</summary>
    public int? Octets { get; init; }
    public required string Text { get; init; }

    /// <summary>Fields and options by name, a line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

/// <summary>What one head node remembers, as it tells another.</summary>
public sealed record HeadPackets
{
    public required string Node { get; init; }
    public long FailedBoot { get; init; }
    public IReadOnlyList<HeadPacket> Current { get; init; } = [];
    public IReadOnlyList<HeadPacket> Failed { get; init; } = [];
}

/// <param name="At">Microseconds since 1970.</param>
/// <param name="From">IPv4 address as a number.</param>
/// <param name="Length">Of the whole payload.</param>
/// <param name="Payload">Its beginning, or all of it.</param>
/// <param name="Note">Null: a packet.</param>
/// <param name="Mac">Of the head node's interface.</param>
public sealed record HeadPacket(long At, string Protocol, bool Sent, bool Again, uint From, ushort FromPort, uint To, ushort ToPort, int Length, byte[]? Payload, string? Note, string? Mac);

namespace NetBootFabric.Sockets;

/// <summary>How a frame came to the interface (packet(7)).</summary>
public enum PacketKind : byte
{
    Host = 0,
    Broadcast = 1,
    Multicast = 2,
    OtherHost = 3,
    Outgoing = 4,
}

/// <summary>One received frame, from its Ethernet header on. A view into its batch: valid until the batch receives again.</summary>
public readonly ref struct Frame
{
    public required ReadOnlySpan<byte> Bytes { get; init; }

    public required PacketKind Kind { get; init; }

    public required int InterfaceIndex { get; init; }

    public required bool IsTruncated { get; init; }
}

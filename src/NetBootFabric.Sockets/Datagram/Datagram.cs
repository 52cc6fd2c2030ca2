namespace NetBootFabric.Sockets;

/// <summary>One received datagram. A view into its batch: valid until the batch receives again.</summary>
public readonly ref struct Datagram
{
    /// <summary>The UDP payload; cut at the batch's datagram size when <see cref="IsTruncated"/>.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    public required UdpEndpoint Source { get; init; }

    /// <summary>The address in the IP header; 0xFFFFFFFF or a subnet's broadcast address for broadcasts.</summary>
    public required uint Destination { get; init; }

    /// <summary>Our address to answer from and the interface that heard it; for broadcasts an address of that interface, or 0 when it has none.</summary>
    public required LocalAddress Local { get; init; }

    public required bool IsTruncated { get; init; }

    /// <summary>When the kernel took it, in nanoseconds of its wall clock since 1970, so that datagrams of two sockets can be put in order; 0 when the socket was not asked for it.</summary>
    public long ArrivedAt { get; init; }
}

namespace NetBootFabric.Sockets;

/// <summary>How the kernel treats datagrams that are larger than the link's MTU.</summary>
public enum Fragmentation
{
    /// <summary>The system's default (net.ipv4.ip_no_pmtu_disc).</summary>
    SystemDefault = -1,

    /// <summary>Fragment where needed; the don't-fragment bit is clear (IP_PMTUDISC_DONT).</summary>
    Allowed = 0,

    /// <summary>Set the don't-fragment bit; larger ones fail with EMSGSIZE (IP_PMTUDISC_DO). For firmware that can't reassemble.</summary>
    Forbidden = 2,
}

/// <summary>How to open a <see cref="DatagramSocket"/>.</summary>
public sealed record DatagramSocketOptions
{
    /// <summary>Host order; 0 binds to every address, which is what hears broadcasts.</summary>
    public uint Address { get; init; }

    /// <summary>0 lets the kernel choose.</summary>
    public ushort Port { get; init; }

    /// <summary>Only datagrams of this interface, in and out (SO_BINDTODEVICE); sockets of several interfaces can so share a port.</summary>
    public string? Device { get; init; }

    /// <summary>Share the port with sockets that ask for the same. With it a second server goes unnoticed.</summary>
    public bool ReuseAddress { get; init; }

    /// <summary>Allow sending to broadcast addresses.</summary>
    public bool Broadcast { get; init; }

    /// <summary>Says of each datagram when the kernel took it (SO_TIMESTAMPNS), however long it waited to be received.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Octets wanted for what waits to be received; 0 keeps the system's default. Beyond rmem_max when the process has CAP_NET_ADMIN.</summary>
    public int ReceiveBufferBytes { get; init; }

    /// <summary>Octets wanted for what waits to be sent; 0 keeps the system's default.</summary>
    public int SendBufferBytes { get; init; }

    public Fragmentation Fragmentation { get; init; } = Fragmentation.SystemDefault;

    /// <summary>False: never let the kernel cut datagrams from a larger buffer (UDP_SEGMENT).</summary>
    public bool Segmentation { get; init; } = true;
}

using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp;

/// <summary>Where a DHCP server listens.</summary>
public sealed record DhcpServerOptions
{
    /// <summary>Names of the interfaces that clients or relay agents are on. Each gets sockets of its own: a shared one would hear every broadcast on all.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>
    /// The address that broadcasts heard on an interface (by name) are answered from, and that clients are given as server identifier; asked for each, since service addresses
    /// come and go. Null, or 0.0.0.0 from it: the interface's own. What a client or relay agent sent to one address is answered from that one.
    /// </summary>
    public Func<string, Ipv4Address>? Serve { get; init; }

    /// <summary>Whose fixed addresses say which of several subnets on one wire a client is in; null: it is in that of the address that heard it.</summary>
    public IRoomSource? Rooms { get; init; }

    /// <summary>0: one that the kernel chooses, for tests.</summary>
    public ushort ServerPort { get; init; } = DhcpPacket.ServerPort;

    /// <summary>Where PXE clients ask a proxyDHCP server; null: nowhere.</summary>
    public ushort? ProxyPort { get; init; } = DhcpPacket.ProxyPort;

    public ushort ClientPort { get; init; } = DhcpPacket.ClientPort;

    /// <summary>
    /// 16 MiB: a storm's first packets wait here. 10 000 DISCOVERs of about 400 octets take 1280 each with the kernel's own bookkeeping, and it counts twice.
    /// </summary>
    public int ReceiveBufferBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>4 MiB: the answers to a storm leave faster than a slow link takes them.</summary>
    public int SendBufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Told every packet, and why one gets no answer.</summary>
    public IFlightRecorder Recorder { get; init; } = NoFlightRecorder.Instance;
}

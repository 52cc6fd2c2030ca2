using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp;

/// <summary>How to run a <see cref="TftpServer"/>.</summary>
public sealed record TftpServerOptions
{
    /// <summary>Where requests are heard; a socket each.</summary>
    public IReadOnlyList<TftpListen> Listen { get; init; } = [new TftpListen(Ipv4Address.Any)];

    /// <summary>
    /// For head nodes that go on with each other's transfers: ports 6900 to 6903, below the range that kernels take from
    /// (net.ipv4.ip_local_port_range) and free in IANA's list. Firewalls let UDP to them pass, as to 69.
    /// </summary>
    public const ushort ClusterTransferPort = 6900;

    /// <summary>The same on every head node, whatever its processors: a transfer's port is a part of its name.</summary>
    public const int ClusterTransferPorts = 4;

    /// <summary>
    /// Threads that send. More than four wait for the network card. Unless said: one a processor but for one, at most four. What the kernel
    /// does for each packet that comes, and the rest of a head node, needs a processor too: two threads on two processors send less than one.
    /// </summary>
    public int Workers
    {
        get => field > 0 ? field : Math.Clamp(Environment.ProcessorCount - 1, 1, 4);
        init;
    }

    /// <summary>
    /// Ports (TIDs) that files leave from, with a socket each; workers share them out. Unless said: with fixed ports
    /// <see cref="ClusterTransferPorts"/>, else one a worker.
    /// </summary>
    public int TransferPorts
    {
        get => field > 0 ? field : FirstTransferPort > 0 ? ClusterTransferPorts : Workers;
        init;
    }

    /// <summary>The first port that files leave from, the others follow; 0: the kernel chooses, and nobody else can go on with a transfer.</summary>
    public ushort FirstTransferPort { get; init; }

    /// <summary>Running or held; some 2 KiB each, and a file handle while it runs.</summary>
    public int MaxTransfers { get; init; } = 32_768;

    /// <summary>Of one address.</summary>
    public int MaxTransfersPerClient { get; init; } = 64;

    /// <summary>
    /// Octets in a block, from 8 (RFC 2348): for a way that carries less than its ends know, such as a tunnel between two switches. What
    /// the outgoing path
    /// is known to carry bounds it in any case.
    /// </summary>
    public int MaxBlockSize { get; init; } = TransferTerms.MaxBlockSize;

    /// <summary>Blocks in a window. 64 is what the kernel cuts from one buffer (UDP_MAX_SEGMENTS).</summary>
    public int MaxWindowSize { get; init; } = 64;

    /// <summary>Asked of the kernel for each transfer socket, in each direction: ACKs of thousands of clients wait here while a worker sends.</summary>
    public int SocketBufferBytes { get; init; } = 4 << 20;
}

/// <param name="Address">Any: every address, which are told apart by the packets themselves.</param>
/// <param name="Port">0 lets the kernel choose.</param>
/// <param name="Device">Only requests that this interface hears.</param>
public sealed record TftpListen(Ipv4Address Address, ushort Port = 69, string? Device = null);

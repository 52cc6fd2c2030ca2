using NetBootFabric.Wire;

namespace NetBootFabric.Tftp;

/// <summary>How to run a <see cref="TftpServer"/>.</summary>
public sealed record TftpServerOptions
{
    /// <summary>Where requests are heard; a socket each.</summary>
    public IReadOnlyList<TftpListen> Listen { get; init; } = [new TftpListen(Ipv4Address.Any)];

    /// <summary>Threads that send, each with a socket and a port (TID) of its own. More than four wait for the network card.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>The first worker's port, the others follow; 0: the kernel chooses.</summary>
    public ushort FirstTransferPort { get; init; }

    public int MaxTransfers { get; init; } = 10_000;

    /// <summary>Of one address.</summary>
    public int MaxTransfersPerClient { get; init; } = 64;

    /// <summary>Blocks in a window. 64 is what the kernel cuts from one buffer (UDP_MAX_SEGMENTS).</summary>
    public int MaxWindowSize { get; init; } = 64;

    /// <summary>Asked of the kernel for each transfer socket, in each direction: ACKs of thousands of clients wait here while a worker sends.</summary>
    public int SocketBufferBytes { get; init; } = 4 << 20;
}

/// <param name="Address">Any: every address, which are told apart by the packets themselves.</param>
/// <param name="Port">0 lets the kernel choose.</param>
/// <param name="Device">Only requests that this interface hears.</param>
public sealed record TftpListen(Ipv4Address Address, ushort Port = 69, string? Device = null);

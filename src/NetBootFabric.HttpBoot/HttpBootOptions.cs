using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.HttpBoot;

public sealed record HttpBootOptions
{
    /// <summary>IPv4 addresses and ports to listen on; port 0: any that is free.</summary>
    public IReadOnlyList<IPEndPoint> Listen { get; init; } = [];

    /// <summary>TCP sockets to listen on besides, that are bound already, by device for instance; the server's from now on, which closes them when it stops.</summary>
    public IReadOnlyList<Socket> Bound { get; init; } = [];

    /// <summary>
    /// Of all clients together; more are closed as they come. Room for 10 000 clients that boot at once, each with the loader's connection still open while
    /// the system's report comes by another, and for half as many that come late.
    /// </summary>
    public int MaximumConnections { get; init; } = 30_000;

    /// <summary>iPXE and firmware use one, lpxelinux a few; clients behind one address translator share this.</summary>
    public int MaximumConnectionsPerClient { get; init; } = 32;

    /// <summary>Threads that serve: each takes what comes, and hands connections to one that has far fewer.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Of request line and headers together.</summary>
    public int MaximumHeaderBytes { get; init; } = 16 * 1024;

    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an idle connection stays open between two requests.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A reader slower than this for <see cref="SlowReaderGrace"/> is cut off, unless we let it wait. 1000 clients on 100 Mbit/s get 12 kB/s each.</summary>
    public double MinimumBytesPerSecond { get; init; } = 1024;

    /// <summary>More than one second. A client that has lost its way to us for as long starts over by itself.</summary>
    public TimeSpan SlowReaderGrace { get; init; } = TimeSpan.FromSeconds(20);
}

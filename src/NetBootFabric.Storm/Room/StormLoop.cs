using NetBootFabric.Sockets;
using NetBootFabric.Storm.Network;

namespace NetBootFabric.Storm.Room;

/// <summary>The event loop: one thread that receives, lets clients act whose time has come, and sends.</summary>
internal sealed class StormLoop : IDisposable
{
    // 65550 = the largest IPv4 datagram and its Ethernet header: cards and virtual interfaces join segments of a TCP stream.
    private const int FrameSize = 65_550, FramesAtOnce = 64;
    private const int ReceiveBuffer = 512 << 20; // a window of 50 KB of each of ten thousand clients

    // Between two looks at the receive queue: all clients switched on at once must not let the answers to the first ones wait.
    private const int ActsAtOnce = 32;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly PacketSocket _socket;
    private readonly FrameBatch _batch = new(FramesAtOnce, FrameSize);
    private readonly TimeProvider _clock;

    /// <exception cref="SocketSetupException">No right to raw frames, or the interface is down.</exception>
    public StormLoop(NetworkInterfaceInfo link, RoomPlan plan, TimeProvider clock)
    {
        _clock = clock;
        _socket = PacketSocket.Open(new PacketSocketOptions
        {
            InterfaceIndex = link.Index,
            EtherType = 3, // ETH_P_ALL
            Filter = StormFilter.Program,
            ReceiveBufferBytes = ReceiveBuffer,
            Promiscuous = true,
        });
        Sink = new WireSink(_socket);
        Room = new ClientRoom(plan, Sink);
    }

    public ClientRoom Room { get; }

    public WireSink Sink { get; }

    /// <summary>Frames that came faster than they were taken.</summary>
    public long Dropped => _socket.Drops;

    /// <summary>How long the storm has lasted.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Until every client booted or failed, the limit has passed, or the user has enough; then the rest is counted as not finished.</summary>
    public void Run(TimeSpan limit, CancellationToken enough)
    {
        var start = _clock.GetTimestamp();
        var busy = false;
        while (!Room.IsOver && Elapsed < limit && !enough.IsCancellationRequested)
        {
            _socket.Receive(_batch, busy ? TimeSpan.Zero : Wait());
            Elapsed = _clock.GetElapsedTime(start);
            for (var i = 0; i < _batch.Count; i++) Room.Receive(_batch[i].Bytes, Elapsed);
            busy = Room.Expire(Elapsed, ActsAtOnce);
        }
        Room.Abandon(Elapsed);
    }

    public void Dispose() => _socket.Dispose();

    private TimeSpan Wait()
    {
        var left = Room.NextDeadline - Elapsed;
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait;
    }
}

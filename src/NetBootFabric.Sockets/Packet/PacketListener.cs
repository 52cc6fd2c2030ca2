namespace NetBootFabric.Sockets;

/// <summary>Receives from a <see cref="PacketSocket"/> on a thread of its own and hands on each frame that did not come from this machine. Disposing it closes the socket.</summary>
public sealed class PacketListener : IDisposable
{
    private readonly PacketSocket _socket;
    private readonly int _frameSize;
    private readonly FrameHandler _hear;
    private readonly Action<Exception> _faulted;
    private readonly Thread _thread;

    private PacketListener(PacketSocket socket, string name, int frameSize, FrameHandler hear, Action<Exception> faulted)
    {
        (_socket, _frameSize, _hear, _faulted) = (socket, frameSize, hear, faulted);
        _thread = new Thread(Listen) { IsBackground = true, Name = name };
    }

    /// <param name="name">Of the thread.</param>
    /// <param name="frameSize">Octets kept of each frame.</param>
    /// <param name="hear">Given each frame, one at a time.</param>
    /// <param name="faulted">Told what went wrong with one frame; the next is heard.</param>
    public static PacketListener Start(PacketSocket socket, string name, int frameSize, FrameHandler hear, Action<Exception> faulted)
    {
        var listener = new PacketListener(socket, name, frameSize, hear, faulted);
        listener._thread.Start();
        return listener;
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (_thread != Thread.CurrentThread) _thread.Join();
    }

    private void Listen()
    {
        var batch = new FrameBatch(frameSize: _frameSize);
        while (!_socket.IsClosed)
        {
            _socket.Receive(batch);
            for (var i = 0; i < batch.Count; i++) TryHear(batch[i]);
        }
    }

    private void TryHear(Frame frame)
    {
        try
        {
            if (frame.Kind != PacketKind.Outgoing) _hear(frame.Bytes);
        }
        catch (Exception fault)
        {
            _faulted(fault);
        }
    }
}

/// <param name="frame">From its Ethernet header on; valid during the call.</param>
public delegate void FrameHandler(ReadOnlySpan<byte> frame);

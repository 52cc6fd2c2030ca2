using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;

namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>One connection with a peer that has shown its certificate: frames in, batches out. One reads, one writes; anyone closes.</summary>
internal sealed class LinkConnection(Socket socket, SslStream stream) : IDisposable
{
    private readonly FrameReader _reader = new();
    private readonly CancellationTokenSource _closing = new();
    private int _closed;

    /// <summary>The number that the deciding node gave it; 0 before.</summary>
    public long Id { get; set; }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    public CancellationToken Closing => _closing.Token;

    public async Task WriteControl(LinkFrameKind kind, long number, CancellationToken cancellation) =>
        await stream.WriteAsync(LinkFrame.Control(kind, number), cancellation).ConfigureAwait(false);

    /// <exception cref="InvalidDataException">Something else comes.</exception>
    /// <exception cref="EndOfStreamException">The far end closed: it has no use for this connection, or for us.</exception>
    public async Task<long> ReadControl(LinkFrameKind kind, CancellationToken cancellation)
    {
        long number;
        while (!TryTakeControl(kind, out number))
            if (!await _reader.Fill(stream, cancellation).ConfigureAwait(false)) throw new EndOfStreamException("the far end closed the connection");
        return number;
    }

    /// <summary>Hands every frame to <paramref name="deliver"/> until the stream ends, or what comes is not a frame.</summary>
    public async Task ReadFrames(RemoteFrame deliver)
    {
        do
        {
            if (!Deliver(deliver)) return;
        }
        while (await _reader.Fill(stream, Closing).ConfigureAwait(false));
    }

    public async Task Write(FrameBatch batch) => await stream.WriteAsync(batch.Bytes.AsMemory(0, batch.Length), Closing).ConfigureAwait(false);

    /// <summary>Ends what goes on; it fails then.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        _closing.Cancel();
        socket.Dispose(); // the kernel still sends what it has, unless something unread is left
    }

    /// <summary>When nobody reads or writes any more.</summary>
    public void Dispose()
    {
        Close();
        stream.Dispose();
        _reader.Dispose();
    }

    private bool TryTakeControl(LinkFrameKind wanted, out long number)
    {
        number = 0;
        var state = _reader.TryTake(out var kind, out var frame);
        if (state == FrameState.NeedsMore) return false;
        if (state == FrameState.Broken || kind != wanted) throw new InvalidDataException("the far end does not speak this protocol");
        number = BinaryPrimitives.ReadInt64BigEndian(frame);
        return true;
    }

    private bool Deliver(RemoteFrame deliver)
    {
        while (!IsClosed)
        {
            var state = _reader.TryTake(out var kind, out var frame);
            if (state == FrameState.NeedsMore) return true;
            if (state == FrameState.Broken || kind != LinkFrameKind.Data) return false;
            deliver(frame);
        }
        return false;
    }
}

internal delegate void RemoteFrame(ReadOnlySpan<byte> frame);

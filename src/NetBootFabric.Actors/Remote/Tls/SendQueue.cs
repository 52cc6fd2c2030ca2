using System.Buffers;

namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>Whole frames, headers included, in one pooled array.</summary>
internal readonly record struct FrameBatch(byte[] Bytes, int Length, int Frames);

/// <summary>
/// What waits for one peer. Small frames are gathered into batches of a TLS record, so that many cost one write; each batch begins and ends with a frame, so that a
/// link may break between any two. Any thread adds; one takes.
/// </summary>
internal sealed class SendQueue(int limit)
{
    private const int RecordSize = 16 * 1024; // the longest TLS record

    private readonly Lock _turn = new();
    private readonly Queue<FrameBatch> _batches = new();
    private FrameBatch _open;
    private TaskCompletionSource? _taker;
    private int _bytes;
    private bool _closed;

    /// <summary>Octets that wait or are being written.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>False when it would hold more than it may, or is closed.</summary>
    public bool TryAdd(ReadOnlySpan<byte> frame)
    {
        var size = LinkFrame.HeaderSize + frame.Length;
        lock (_turn)
        {
            if (_closed || _bytes + size > limit) return false;
            _bytes += size;
            if (_open.Frames == 0 || size > RecordSize - _open.Length) Open(size);
            Append(frame, size);
            _taker?.TrySetResult();
            _taker = null;
            return true;
        }
    }

    public bool TryTake(out FrameBatch batch)
    {
        lock (_turn)
        {
            if (_batches.TryDequeue(out batch)) return true;
            (batch, _open) = (_open, default);
            return batch.Frames > 0;
        }
    }

    /// <summary>Completes when there may be something to take.</summary>
    public Task Wait()
    {
        lock (_turn)
        {
            if (_batches.Count > 0 || _open.Frames > 0) return Task.CompletedTask;
            _taker ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _taker.Task;
        }
    }

    /// <summary>A batch that was taken is done with, sent or lost.</summary>
    public void Return(FrameBatch batch)
    {
        lock (_turn) _bytes -= batch.Length;
        ArrayPool<byte>.Shared.Return(batch.Bytes);
    }

    /// <summary>Takes nothing more, drops what waits, and says how many frames that were.</summary>
    public int Close()
    {
        lock (_turn) _closed = true;
        var frames = 0;
        while (TryTake(out var batch))
        {
            frames += batch.Frames;
            Return(batch);
        }
        return frames;
    }

    private void Open(int size)
    {
        if (_open.Frames > 0) _batches.Enqueue(_open);
        _open = new FrameBatch(ArrayPool<byte>.Shared.Rent(Math.Max(size, RecordSize)), 0, 0);
    }

    private void Append(ReadOnlySpan<byte> frame, int size)
    {
        var room = _open.Bytes.AsSpan(_open.Length, size);
        LinkFrame.WriteHeader(room, LinkFrameKind.Data, frame.Length);
        frame.CopyTo(room[LinkFrame.HeaderSize..]);
        _open = new FrameBatch(_open.Bytes, _open.Length + size, _open.Frames + 1);
    }
}

namespace NetBootFabric.Node.Live;

/// <summary>The last seconds of the stream as they go to every reader: made once, kept for those who fell behind or come back. Thread-safe.</summary>
internal sealed class LiveFrames
{
    /// <summary>Half a minute.</summary>
    private const int Most = 30;

    /// <summary>A room of ten thousand that changes as a whole each second has a megabyte a frame.</summary>
    private const int MostBytes = 8 << 20;

    private readonly Lock _adding = new();
    private readonly Queue<(long Number, ReadOnlyMemory<byte> Bytes)> _kept = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes;

    /// <summary>The newest frame's; 0: there is none.</summary>
    public long Last { get; private set; }

    public void Add(long number, ReadOnlyMemory<byte> frame)
    {
        TaskCompletionSource waiting;
        lock (_adding)
        {
            _kept.Enqueue((number, frame));
            (Last, _bytes) = (number, _bytes + frame.Length);
            while (_kept.Count > 1 && (_kept.Count > Most || _bytes > MostBytes)) _bytes -= _kept.Dequeue().Bytes.Length;
            (waiting, _next) = (_next, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        waiting.SetResult();
    }

    /// <summary>The frame after <paramref name="number"/> is still kept, or to come.</summary>
    public bool Follows(long number)
    {
        lock (_adding) return number <= Last && (number == Last || _kept.Peek().Number <= number + 1);
    }

    /// <summary>The frame after <paramref name="number"/>; empty: it is no longer kept.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> AfterAsync(long number, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_adding)
            {
                foreach (var (each, bytes) in _kept)
                    if (each == number + 1) return bytes;
                if (number < Last) return default;
                next = _next.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }
}

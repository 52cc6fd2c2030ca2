namespace NetBootFabric.Actors.Dispatch;

/// <summary>The shared clock with the timers of one node, which ring on its dispatcher.</summary>
internal sealed class NodeTimeProvider(TimeProvider inner, NodeDispatcher dispatcher) : TimeProvider
{
    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new NodeTimer(dispatcher, callback, state);
        timer.Inner = inner.CreateTimer(static timer => ((NodeTimer)timer!).Due(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class NodeTimer(NodeDispatcher dispatcher, TimerCallback callback, object? state) : ITimer
    {
        private int _waits;
        private int _generation;

        public ITimer Inner { get; set; } = null!;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _generation);
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            Interlocked.Increment(ref _generation);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        // However often it fell due while the node was paused, it rings once.
        public void Due()
        {
            if (Interlocked.Exchange(ref _waits, 1) != 0) return;
            var generation = Volatile.Read(ref _generation);
            dispatcher.Schedule(() =>
            {
                Volatile.Write(ref _waits, 0);
                if (generation == Volatile.Read(ref _generation)) callback(state);
            });
        }
    }
}

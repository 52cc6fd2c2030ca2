namespace NetBootFabric.Testing.Virtual;

/// <summary>The shared clock, wrong by an offset, with the timers of one node, which ring in it and end with it.</summary>
internal sealed class NodeTimeProvider(VirtualTimeProvider inner, TimeSpan offset, SimulatedNode node) : TimeProvider
{
    private readonly VirtualTimeProvider _inner = inner;
    private readonly SimulatedNode _node = node;
    private readonly Lock _gate = new();
    private readonly HashSet<NodeTimer> _set = [];
    private bool _stopped;

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow() + offset;

    public override long GetTimestamp() => _inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new NodeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>No timer rings any more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (var timer in _set) timer.End();
            _set.Clear();
        }
    }

    private sealed class NodeTimer : ITimer
    {
        private readonly NodeTimeProvider _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _inner;
        private TimeSpan _period;
        private bool _waits;
        private int _generation;

        public NodeTimer(NodeTimeProvider clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _inner = clock._inner.CreateTimer(static timer => ((NodeTimer)timer!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._gate)
            {
                if (_clock._stopped) return false;
                (_period, _generation) = (period, _generation + 1);
                if (dueTime == Timeout.InfiniteTimeSpan) _clock._set.Remove(this);
                else _clock._set.Add(this);
                return _inner.Change(dueTime, period);
            }
        }

        public void End() => _inner.Dispose();

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>However often it falls due while the node is paused, it rings once.</summary>
        private void Due()
        {
            int generation;
            lock (_clock._gate)
            {
                if (_period <= TimeSpan.Zero) _clock._set.Remove(this);
                if (_waits) return;
                (_waits, generation) = (true, _generation);
            }
            _clock._node.Schedule(() => Ring(generation));
        }

        private void Ring(int generation)
        {
            lock (_clock._gate)
            {
                _waits = false;
                if (generation != _generation) return;
            }
            _callback(_state);
        }
    }
}

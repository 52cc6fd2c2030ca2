namespace NetBootFabric.Testing.Virtual;

/// <summary>A clock that stands still until told to advance. Timers due at one instant ring in the order they were set.</summary>
public sealed class VirtualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private long _now;
    private long _order;

    /// <summary>Starts at 2026-01-01 00:00 UTC.</summary>
    public VirtualTimeProvider() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => new(Volatile.Read(ref _now));

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>The time until the next timer rings; null when none is set.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                DropStale();
                return _timers.TryPeek(out _, out var at) ? TimeSpan.FromTicks(Math.Max(0, at.Due - _now)) : null;
            }
        }
    }

    /// <summary>Moves the clock to the next due timer, not beyond <paramref name="limit"/> (elapsed time), and rings it. False at the limit.</summary>
    public bool Step(TimeSpan limit)
    {
        VirtualTimer timer;
        lock (_gate)
        {
            DropStale();
            if (!_timers.TryPeek(out _, out var at) || at.Due > limit.Ticks)
            {
                _now = Math.Max(_now, limit.Ticks);
                return false;
            }
            timer = _timers.Dequeue();
            _now = Math.Max(_now, at.Due);
            timer.Rang(_now);
        }
        timer.Ring();
        return true;
    }

    private void DropStale()
    {
        while (_timers.TryPeek(out var timer, out var at) && timer.Key != at) _timers.Dequeue();
    }

    private sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>The entry in the queue that counts; others are left over from a change.</summary>
        public (long Due, long Order)? Key { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) Key = null;
                else Set(clock._now + dueTime.Ticks);
            }
            return true;
        }

        public void Rang(long now)
        {
            Key = null;
            if (_period > TimeSpan.Zero) Set(now + _period.Ticks);
        }

        public void Ring() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(long due)
        {
            var key = (due, clock._order++);
            Key = key;
            clock._timers.Enqueue(this, key);
        }
    }
}

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>A head node's clock: the world's, somewhat fast or slow set. Its timers end with the process that set them.</summary>
internal sealed class HostClock(TimeProvider world, TimeSpan skew) : TimeProvider
{
    private readonly HashSet<HostTimer> _timers = [];
    private bool _isDead;

    public override long TimestampFrequency => world.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => world.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + skew;

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HostTimer(this, callback, state);
        timer.Start(world, dueTime, period);
        return timer;
    }

    public void Kill()
    {
        _isDead = true;
        foreach (var timer in _timers.ToList()) timer.Dispose();
    }

    private sealed class HostTimer(HostClock clock, TimerCallback callback, object? state) : ITimer
    {
        private ITimer _inner = null!;
        private TimeSpan _period;

        public void Start(TimeProvider world, TimeSpan dueTime, TimeSpan period)
        {
            _inner = world.CreateTimer(static timer => ((HostTimer)timer!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (clock._isDead) return false;
            _period = period;
            if (dueTime == Timeout.InfiniteTimeSpan) clock._timers.Remove(this);
            else clock._timers.Add(this);
            return _inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock._timers.Remove(this);
            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring()
        {
            if (_period <= TimeSpan.Zero) clock._timers.Remove(this);
            callback(state);
        }
    }
}

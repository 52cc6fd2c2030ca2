namespace NetBootFabric.Storage.Postgres;

/// <summary>When to try again: after 100 ms, then twice as long each time, up to <paramref name="longest"/>.</summary>
internal sealed class Backoff(TimeProvider time, TimeSpan longest)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    private TimeSpan _delay;
    private long _failedAt;

    /// <summary>How long to wait still.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (_delay == TimeSpan.Zero) return TimeSpan.Zero;
            var remaining = _delay - time.GetElapsedTime(_failedAt);
            return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        }
    }

    public void Failed()
    {
        _delay = _delay == TimeSpan.Zero ? First : TimeSpan.FromTicks(Math.Min(_delay.Ticks * 2, longest.Ticks));
        _failedAt = time.GetTimestamp();
    }

    public void Reset() => _delay = TimeSpan.Zero;
}

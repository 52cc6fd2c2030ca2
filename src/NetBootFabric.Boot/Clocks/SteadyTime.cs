namespace NetBootFabric.Boot.Clocks;

/// <summary>
/// The time that a head node counts by: the wall clock's at its start, from then on the monotonic clock's. A wall clock that jumps (NTP after a dead battery, an operator's hand) ends no
/// lease and no wait, and makes none run on for a year; how far it jumped is told by <see cref="Step"/>.
/// </summary>
public sealed class SteadyTime : TimeProvider
{
    private readonly TimeProvider _host;
    private readonly DateTimeOffset _start;
    private readonly long _startTimestamp;

    /// <param name="boot">Names the machine's run between two starts of its kernel, in which the monotonic clock goes on; empty: not known.</param>
    public SteadyTime(TimeProvider host, string boot)
    {
        (_host, Boot) = (host, boot);
        (_start, _startTimestamp) = (host.GetUtcNow(), host.GetTimestamp());
    }

    public string Boot { get; }

    /// <summary>The machine's own clock.</summary>
    public DateTimeOffset Wall => _host.GetUtcNow();

    /// <summary>By how much the wall clock was set since the start; positive: forward.</summary>
    public TimeSpan Step => Wall - GetUtcNow();

    /// <summary>The monotonic clock, from the kernel's start.</summary>
    public TimeSpan Uptime => TimeSpan.FromTicks((long)((Int128)_host.GetTimestamp() * TimeSpan.TicksPerSecond / _host.TimestampFrequency));

    public override long TimestampFrequency => _host.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _host.LocalTimeZone;

    /// <summary>Of this machine.</summary>
    public static SteadyTime OfMachine()
    {
        string boot;
        try
        {
            boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            boot = "";
        }
        return new SteadyTime(System, boot);
    }

    public override DateTimeOffset GetUtcNow() => _start + _host.GetElapsedTime(_startTimestamp);

    public override long GetTimestamp() => _host.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _host.CreateTimer(callback, state, dueTime, period);
}

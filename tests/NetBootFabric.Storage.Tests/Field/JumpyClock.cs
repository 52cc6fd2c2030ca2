namespace NetBootFabric.Storage.Tests.Field;

/// <summary>A machine's clocks: the wall clock may be set, the monotonic one only goes on.</summary>
internal sealed class JumpyClock : TimeProvider
{
    private TimeSpan _uptime = TimeSpan.FromMinutes(3);

    public DateTimeOffset Wall { get; set; } = Waiting.Start;

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _uptime.Ticks;

    public void Advance(TimeSpan time)
    {
        Wall += time;
        _uptime += time;
    }

    /// <summary>Off for so long, with a clock that went on.</summary>
    public void Reboot(TimeSpan time)
    {
        Wall += time;
        _uptime = TimeSpan.FromMinutes(1);
    }
}

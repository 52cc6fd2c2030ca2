using NetBootFabric.Boot.Clocks;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Storage.Leases;

/// <summary>
/// Between the steady time that a head node counts by and the rows, which hold times of the wall clock, so that they mean something after a restart. When the wall clock
/// jumps, the rows move with it; a row of its own says when the file was last in use, by both clocks, so that the next start knows what to believe. With any other
/// time provider, times are stored as they come.
/// </summary>
internal sealed class LeaseClock(SqliteConnection connection, TimeProvider time)
{
    /// <summary>Less is the clock being kept right.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(1);

    /// <summary>A pause between two starts of the machine that a wall clock is believed without a check: leases are kept so much longer than clients are told.</summary>
    private static readonly TimeSpan Believable = TimeSpan.FromMinutes(10);

    private readonly SteadyTime? _time = time as SteadyTime;
    private readonly SqliteStatement _shiftLeases = connection.Prepare("UPDATE lease SET expires = expires + ?1 WHERE expires > ?2");
    private readonly SqliteStatement _shiftQuarantines = connection.Prepare("UPDATE quarantine SET until = until + ?1");
    private readonly SqliteStatement _see = connection.Prepare("INSERT INTO lease_clock (id, wall, uptime, boot) VALUES (1, ?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET wall = ?1, uptime = ?2, boot = ?3");
    private readonly SqliteStatement _read = connection.Prepare("SELECT wall, uptime, boot FROM lease_clock");
    private State _now;
    private State _committed;

    /// <summary>What the start found.</summary>
    public ClockFinding Finding { get; private set; } = ClockFinding.None;

    /// <summary>The wall clock was set, or it is time to note that the file is in use.</summary>
    public bool IsDue => _time is not null && (IsStep(_time.Step - _now.Step) || _time.Uptime - _now.SeenAt >= SeenInterval);

    public long ToRow(DateTimeOffset moment) => (moment + _now.Step).UtcTicks;

    public DateTimeOffset FromRow(long ticks) => new DateTimeOffset(ticks, TimeSpan.Zero) - _now.Step;

    /// <summary>Within a transaction.</summary>
    public void Follow()
    {
        if (_time is null || !IsDue) return;
        var step = _time.Step;
        if (IsStep(step - _now.Step))
        {
            Shift(step - _now.Step, 0);
            _now.Step = step;
        }
        See(_time);
    }

    public void Commit() => _committed = _now;

    public void Rollback() => _now = _committed;

    /// <summary>Once, within a transaction, before rows are read: makes their times those of the clock as it is now.</summary>
    public void Repair()
    {
        if (_time is null) return;
        if (_read.Read())
        {
            var (wall, uptime, boot) = (_read.Integer(0), TimeSpan.FromTicks(_read.Integer(1)), _read.Text(2));
            while (_read.Read()) continue;
            Finding = Repair(_time, new DateTimeOffset(wall, TimeSpan.Zero), uptime, boot);
        }
        _now.Step = _time.Step;
        See(_time);
    }

    private ClockFinding Repair(SteadyTime time, DateTimeOffset seen, TimeSpan uptime, string boot)
    {
        var pause = time.Wall - seen;
        if (boot.Length > 0 && boot == time.Boot && time.Uptime >= uptime)
        {
            var jump = pause - (time.Uptime - uptime);
            if (!IsStep(jump)) return ClockFinding.None;
            Shift(jump, 0);
            return new ClockFinding(jump, IsCertain: true);
        }
        if (pause < -Tolerance)
        {
            Shift(pause, 0);
            return new ClockFinding(pause, IsCertain: false);
        }
        if (pause <= Believable) return ClockFinding.None;
        Shift(pause, seen.UtcTicks);
        return new ClockFinding(pause, IsCertain: false);
    }

    /// <summary>Leases that have ended by then stay ended.</summary>
    private void Shift(TimeSpan by, long after)
    {
        _shiftLeases.Bind(1, by.Ticks).Bind(2, after).Run();
        _shiftQuarantines.Bind(1, by.Ticks).Run();
    }

    private void See(SteadyTime time)
    {
        _now.SeenAt = time.Uptime;
        _see.Bind(1, time.Wall.UtcTicks).Bind(2, _now.SeenAt.Ticks).Bind(3, time.Boot).Run();
    }

    private static bool IsStep(TimeSpan step) => step.Duration() >= Tolerance;

    private record struct State(TimeSpan Step, TimeSpan SeenAt);
}

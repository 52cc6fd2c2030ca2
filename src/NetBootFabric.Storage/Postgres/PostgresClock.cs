using NetBootFabric.Boot.Clocks;
using NetBootFabric.Boot.Leases;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>
/// Leases expire by the database's clock, the same for every head node, while a head node counts by the clock that it had at its start. This is the difference between the two,
/// measured with each connection; a head node that started with a wrong clock still writes right times.
/// </summary>
internal sealed class PostgresClock(TimeProvider time)
{
    /// <summary>Less is no mistake: clocks that are kept right differ so, and the way to the database takes its time.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private readonly SteadyTime? _time = time as SteadyTime;
    private long _ahead;

    /// <summary>By how much the database's clock is ahead.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Volatile.Read(ref _ahead));

    public void Measure(NpgsqlConnection connection)
    {
        if (_time is null) return;
        using var command = new NpgsqlCommand("SELECT clock()", connection);
        var ahead = new DateTimeOffset((long)command.ExecuteScalar()!, TimeSpan.Zero) - _time.GetUtcNow();
        Volatile.Write(ref _ahead, ahead.Duration() < Tolerance ? 0 : ahead.Ticks);
    }

    public Lease ToRow(Lease lease) => Ahead == TimeSpan.Zero ? lease : lease with { ExpiresAt = lease.ExpiresAt + Ahead };

    public Quarantine ToRow(Quarantine quarantine) => Ahead == TimeSpan.Zero ? quarantine : quarantine with { Until = quarantine.Until + Ahead };

    public LeaseInventory FromRows(LeaseInventory rows)
    {
        var ahead = Ahead;
        if (ahead == TimeSpan.Zero) return rows;
        return new LeaseInventory([.. rows.Leases.Select(lease => lease with { ExpiresAt = lease.ExpiresAt - ahead })], [.. rows.Quarantines.Select(quarantine => quarantine with { Until = quarantine.Until - ahead })])
        {
            Clock = new ClockFinding(-ahead, IsCertain: true),
        };
    }
}

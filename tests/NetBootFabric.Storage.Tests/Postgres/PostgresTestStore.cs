using System.Globalization;
using NetBootFabric.Storage.Postgres;
using Npgsql;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>A database of its own on the tests' server. Its clock, by which leases expire, stands until it is set.</summary>
public sealed class PostgresTestStore(PostgresServer server) : TestStore
{
    private readonly string _database = server.NewDatabase();
    private DateTimeOffset _now = Waiting.Start;
    private NpgsqlConnection? _clock;

    public override DateTimeOffset Now
    {
        get => _now;
        set => SetClock(_now = value);
    }

    public override string Location => $"postgres:{_database}";

    /// <summary>A process that was killed may have left a commit that its server still works on.</summary>
    public override INodeStore Open()
    {
        Assert.True(SpinWait.SpinUntil(HasNoWriter, TimeSpan.FromMinutes(1)));
        var store = PostgresStore.Open(_database, TimeProvider.System);
        _clock ??= StopClock();
        return store;
    }

    /// <summary>The database goes with the server.</summary>
    public override void Dispose() => _clock?.Dispose();

    private bool HasNoWriter() =>
        PostgresServer.Scalar(_database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'netbootd'") is 0L;

    private NpgsqlConnection StopClock()
    {
        PostgresServer.Execute(_database, string.Create(CultureInfo.InvariantCulture, $"CREATE TABLE public.test_clock AS SELECT {_now.UtcTicks}::bigint AS ticks"));
        PostgresServer.Execute(_database, "CREATE OR REPLACE FUNCTION netboot_fabric.clock() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT ticks FROM public.test_clock'");
        var clock = new NpgsqlConnection(_database + ";Pooling=false;Options=-c synchronous_commit=off");
        clock.Open();
        return clock;
    }

    private void SetClock(DateTimeOffset time)
    {
        using var command = new NpgsqlCommand("UPDATE public.test_clock SET ticks = $1", _clock) { Parameters = { new() { Value = time.UtcTicks } } };
        command.ExecuteNonQuery();
    }
}

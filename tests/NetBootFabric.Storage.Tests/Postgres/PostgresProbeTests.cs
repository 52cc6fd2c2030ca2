using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Tests.Postgres;

[Collection(PostgresServer.Collection)]
public sealed class PostgresProbeTests(PostgresServer server)
{
    [Fact]
    public void A_database_tells_how_far_away_it_is_and_what_time_it_has()
    {
        var probed = PostgresProbe.Ask(server.NewDatabase(), TimeProvider.System);
        Assert.InRange(probed.Latency, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(3));
        Assert.InRange(probed.Ahead, TimeSpan.FromSeconds(-3), TimeSpan.FromSeconds(3));

        var behind = PostgresProbe.Ask(server.NewDatabase(), new LateClock());
        Assert.InRange(behind.Ahead, TimeSpan.FromSeconds(57), TimeSpan.FromSeconds(63));
    }

    [Fact]
    public void One_that_is_not_there_is_said() =>
        Assert.Throws<StoreUnavailableException>(() => PostgresProbe.Ask("Host=127.0.0.1;Port=1;Database=fabric;Username=netboot", TimeProvider.System));

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMinutes(-1);
    }
}

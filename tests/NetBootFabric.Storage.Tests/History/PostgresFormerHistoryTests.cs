using NetBootFabric.Boot.Clients;
using NetBootFabric.Storage.History;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Tests.Postgres;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Tests.History;

[Collection(PostgresServer.Collection)]
public sealed class PostgresFormerHistoryTests : FormerHistoryCases
{
    private readonly PostgresServer _server;
    private readonly string _database;

    public PostgresFormerHistoryTests(PostgresServer server)
    {
        (_server, _database) = (server, server.NewDatabase());
        PostgresStore.Open(_database, TimeProvider.System).Dispose();
    }

    protected override IFormerHistory History => new PostgresFormerHistory(_database);

    protected override void Execute(string statements) =>
        PostgresServer.Execute(_database + ";Search Path=netboot_fabric", statements.Replace("X'", @"'\x", StringComparison.Ordinal));

    [Fact]
    public async Task A_database_that_is_away_is_said_so() =>
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new PostgresFormerHistory(_server.ConnectionTo("none")).ListAsync());
}

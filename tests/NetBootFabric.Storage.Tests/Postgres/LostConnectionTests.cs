using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Postgres;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>The network between node and database fails.</summary>
[Collection(PostgresServer.Collection)]
public sealed class LostConnectionTests : IDisposable
{
    private readonly CuttingProxy _proxy;
    private readonly PostgresStore _store;
    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddHours(1);

    public LostConnectionTests(PostgresServer server)
    {
        var database = server.NewDatabase();
        _proxy = new CuttingProxy(Path.Combine(server.Folder, ".s.PGSQL.5432"));
        _store = PostgresStore.Open(database.Replace($"Host={server.Folder}", $"Host=127.0.0.1;Port={_proxy.Port}", StringComparison.Ordinal), TimeProvider.System);
    }

    public void Dispose()
    {
        _store.Dispose();
        _proxy.Dispose();
    }

    /// <summary>Sent again as a new command it would be refused, since the row is at the revision that it made itself.</summary>
    [Fact]
    public async Task A_change_of_the_catalog_whose_answer_is_lost_is_acknowledged_and_not_done_twice()
    {
        for (var round = 1; round <= 10; round++)
        {
            _proxy.CutAtNextAnswer();
            var outcome = await _store.CommitCatalogAsync([new CatalogChange(CatalogKind.Node, "n1", $"{round}", round - 1)], round - 1, CancellationToken.None);
            Assert.Equal(new CatalogCommit(round, null), outcome);
        }
    }

    /// <summary>
    /// The answer of each group, or of a ping that came before it, is lost. Done a second time, a group that refuses an address to one client and then takes it from its holder
    /// would give it to the first: the group's number says that it was done.
    /// </summary>
    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_acknowledged_and_not_done_twice()
    {
        for (var round = 1; round <= 20; round++)
        {
            Assert.Equal(LeaseCommit.Committed, await _store.Commit(Lease(1, round, Later)));
            _proxy.CutAtNextAnswer();
            var refused = _store.Commit(Lease(2, round, Later));
            var released = _store.Release(1, round);
            Assert.Equal(LeaseCommit.AddressTaken, await refused);
            Assert.Equal(LeaseCommit.Committed, await released);
        }
        Assert.InRange(_proxy.Cuts, 10, 20);
        Assert.Empty(await _store.Leases());
    }

    [Fact]
    public async Task A_server_that_does_not_answer_means_unavailable_and_then_work_goes_on()
    {
        await _store.Commit(Lease(1, 1, Later));
        _proxy.IsSilent = true;
        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal(LeaseCommit.Unavailable, await _store.Commit(Lease(2, 2, Later)).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        Assert.NotNull(_store.Status.FailingSince);
        Assert.Equal(LeaseCommit.Unavailable, await _store.Commit(Lease(3, 3, Later)).WaitAsync(TimeSpan.FromMinutes(1)));
        var works = new TaskCompletionSource();
        _store.HealthChanged += status => works.TrySetResult();
        _proxy.IsSilent = false;
        await works.Task.WaitAsync(TimeSpan.FromMinutes(1)); // with no write to do
        Assert.Null(_store.Status.FailingSince);
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(Lease(2, 2, Later)));
        Assert.Equal([Lease(1, 1, Later), Lease(2, 2, Later)], await _store.Leases());
    }
}

using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Writing;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>A server of these tests' own, which goes down and comes back.</summary>
public sealed class RestartTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddHours(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly string _database = server.NewDatabase();

    [Fact]
    public async Task Everything_acknowledged_is_there_after_immediate_restarts_in_the_middle_of_writes()
    {
        using var store = Open();
        var writers = Enumerable.Range(0, 24).Select(number => new RestartedWriter(store, number)).ToArray();
        foreach (var writer in writers) writer.Start();
        for (var restart = 0; restart < 3; restart++)
        {
            await Task.WhenAll(writers.Select(writer => writer.Reached(writer.Acknowledged + 5))).WaitAsync(Limit);
            server.Restart();
        }
        await Task.WhenAll(writers.Select(writer => writer.Reached(writer.Acknowledged + 5))).WaitAsync(Limit);
        foreach (var writer in writers) writer.Stop();
        await Task.WhenAll(writers.Select(writer => writer.Ended)).WaitAsync(Limit);
        var leases = (await store.Leases()).ToDictionary(lease => lease.Client);
        foreach (var writer in writers) writer.Check(leases[Mac(writer.Number)]);
    }

    [Fact]
    public async Task While_the_database_is_down_writes_are_unavailable_and_its_return_is_noticed_without_a_write()
    {
        using var store = Open();
        await store.Commit(Lease(1, 1, Later));
        server.Stop();
        Assert.Equal(LeaseCommit.Unavailable, await store.Commit(Lease(2, 2, Later)).WaitAsync(Limit));
        Assert.NotNull(store.Status.FailingSince);
        Assert.Contains("Check that PostgreSQL runs", store.Status.LastFailure);
        await ReturnsAfter(store, server.Start);
        Assert.Equal(LeaseCommit.Committed, await store.Commit(Lease(2, 2, Later)));
        Assert.Equal([Lease(1, 1, Later), Lease(2, 2, Later)], await store.Leases());
    }

    [Fact]
    public async Task A_standby_is_unavailable_until_it_is_promoted()
    {
        using var store = Open();
        await store.Commit(Lease(1, 1, Later));
        server.Stop();
        server.BecomeStandby();
        server.Start();
        Assert.Equal(LeaseCommit.Unavailable, await store.Commit(Lease(2, 2, Later)).WaitAsync(Limit));
        Assert.Contains("standby", Assert.Throws<StoreUnavailableException>(Open).Message);
        await ReturnsAfter(store, server.Promote);
        Assert.Equal(LeaseCommit.Committed, await store.Commit(Lease(2, 2, Later)));
        Assert.Equal([Lease(1, 1, Later), Lease(2, 2, Later)], await store.Leases());
    }

    private PostgresStore Open() => PostgresStore.Open(_database, TimeProvider.System);

    private static async Task ReturnsAfter(PostgresStore store, Action act)
    {
        var returned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.HealthChanged += status =>
        {
            if (status.FailingSince is null) returned.TrySetResult();
        };
        act();
        await returned.Task.WaitAsync(Limit);
    }
}

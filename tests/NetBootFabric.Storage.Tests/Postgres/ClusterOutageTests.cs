using System.Diagnostics;
using NetBootFabric.Storage.Postgres.Cluster;
using NetBootFabric.Storage.Tests.Cluster;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>A server of these tests' own, which hangs, goes down and comes back under the beats of a cluster.</summary>
public sealed class ClusterOutageTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly PostgresTestCluster _cluster = new(server, isPatient: false);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task Members_shards_and_fences_are_there_after_an_immediate_restart_and_the_same_incarnations_beat_on()
    {
        var nodes = new List<(PostgresClusterStore Store, string Name, long Incarnation)>();
        for (var i = 0; i < 4; i++)
        {
            var store = _cluster.Open();
            nodes.Add((store, $"head{i}", await store.Join($"head{i}")));
            await store.Take($"head{i}", nodes[i].Incarnation, i, i + 10);
        }
        Assert.True(await nodes[0].Store.FenceNow("head3", nodes[3].Incarnation));
        var before = (await nodes[0].Store.Beat("nobody", 1)).Shards;
        using var stop = new CancellationTokenSource();
        var beating = nodes.Take(3).Select(node => Task.Run(() => BeatOn(node.Store, node.Name, node.Incarnation, stop.Token))).ToArray();
        server.Restart();
        foreach (var (store, name, incarnation) in nodes.Take(3)) await Accepted(store, name, incarnation);
        await stop.CancelAsync();
        foreach (var accepted in await Task.WhenAll(beating)) Assert.True(accepted);
        Assert.Equal(before, (await nodes[0].Store.Beat("head0", nodes[0].Incarnation)).Shards);
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.True((await nodes[3].Store.Beat("head3", nodes[3].Incarnation)).IsAccepted));
    }

    [Fact]
    public async Task While_the_server_is_down_calls_fail_at_once_and_say_what_to_check_and_then_they_work()
    {
        var store = _cluster.Open();
        var incarnation = await store.Join("head1");
        server.Stop();
        var clock = Stopwatch.StartNew();
        for (var call = 0; call < 50; call++)
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Beat("head1", incarnation));
            Assert.Contains("Check that PostgreSQL runs", failure.Message);
        }
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.NotNull(store.Status.FailingSince);
        server.Start();
        await Accepted(store, "head1", incarnation);
        Assert.Null(store.Status.FailingSince);
    }

    [Fact]
    public async Task A_server_that_hangs_costs_a_call_about_a_second_and_later_calls_less()
    {
        var store = _cluster.Open();
        var incarnation = await store.Join("head1");
        await store.Beat("head1", incarnation);
        server.Freeze();
        try
        {
            var clock = Stopwatch.StartNew();
            for (var call = 0; call < 4; call++)
            {
                clock.Restart();
                await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Beat("head1", incarnation).WaitAsync(Limit));
                Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3)); // 1 s and what a busy machine adds
            }
        }
        finally
        {
            server.Thaw();
        }
        await Accepted(store, "head1", incarnation);
    }

    /// <summary>Beats go on while service addresses are locked, and a call for these fails in time.</summary>
    [Fact]
    public async Task Neither_part_waits_for_the_other()
    {
        var store = _cluster.Open();
        var incarnation = await store.Join("head1");
        using var locker = new Npgsql.NpgsqlConnection($"{_cluster.Database};Pooling=false");
        locker.Open();
        using (var command = new Npgsql.NpgsqlCommand("BEGIN; LOCK TABLE netboot_fabric.service_address", locker)) command.ExecuteNonQuery();
        var declared = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Declare("head1", [new Ipv4Address(1)], declared.SetResult);
        for (var beat = 0; beat < 5; beat++) Assert.True((await store.Beat("head1", incarnation)).IsAccepted);
        Assert.IsType<StoreUnavailableException>(await declared.Task.WaitAsync(Limit));
    }

    [Fact]
    public async Task After_dispose_calls_fail()
    {
        var store = PostgresClusterStore.Open(_cluster.Database, TimeProvider.System);
        await store.Join("head1");
        store.Dispose();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Join("head1"));
    }

    /// <summary>Beats until it is accepted.</summary>
    private static async Task Accepted(PostgresClusterStore store, string name, long incarnation)
    {
        var clock = Stopwatch.StartNew();
        while (!await TryBeat(store, name, incarnation)) Assert.InRange(clock.Elapsed, TimeSpan.Zero, Limit);
    }

    private static async Task<bool> BeatOn(PostgresClusterStore store, string name, long incarnation, CancellationToken stop)
    {
        var wasAccepted = true;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                wasAccepted &= (await store.Beat(name, incarnation)).IsAccepted;
            }
            catch (StoreUnavailableException)
            {
                // Away: what is asked here is that nobody is told to be fenced.
            }
        }
        return wasAccepted;
    }

    private static async Task<bool> TryBeat(PostgresClusterStore store, string name, long incarnation)
    {
        try
        {
            return (await store.Beat(name, incarnation)).IsAccepted;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}

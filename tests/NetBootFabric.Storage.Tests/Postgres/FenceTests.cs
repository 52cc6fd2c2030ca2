using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Tests.Cluster;
using NetBootFabric.Storage.Writing;
using Npgsql;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>What keeps a node that was fenced, or lost a shard, from writing.</summary>
[Collection(PostgresServer.Collection)]
public sealed class FenceTests : IDisposable
{
    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddHours(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly PostgresTestCluster _cluster;
    private readonly IClusterStore _one;
    private readonly IClusterStore _two;

    public FenceTests(PostgresServer server)
    {
        _cluster = new PostgresTestCluster(server);
        (_one, _two) = (_cluster.Connect(), _cluster.Connect());
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task A_fenced_incarnation_writes_nothing_and_its_next_one_writes()
    {
        var first = await _one.Join("head1");
        using var store = _cluster.Writer("head1", first);
        Assert.Equal(LeaseCommit.Committed, await store.Commit(Lease(1, 1, Later)));
        Assert.True(await _two.FenceNow("head1", first));
        Assert.Equal(LeaseCommit.StaleEpoch, await store.Commit(Lease(2, 2, Later)));
        Assert.Equal(LeaseCommit.StaleEpoch, await store.Release(1, 1));
        Assert.Equal(LeaseCommit.StaleEpoch, await store.Put(new Quarantine(Ip(9), Later, "declined")));
        Assert.Equal([Lease(1, 1, Later)], await store.Leases());
        Assert.Null(store.Status.FailingSince);
        store.Incarnation = new StoreIncarnation("head1", await _one.Join("head1"));
        Assert.Equal(LeaseCommit.Committed, await store.Commit(Lease(2, 2, Later)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_left_or_began_anew_elsewhere_writes_nothing(bool leaves)
    {
        var first = await _one.Join("head1");
        using var store = _cluster.Writer("head1", first);
        if (leaves) await _one.Leave("head1", first);
        else await _two.Join("head1");
        Assert.Equal(LeaseCommit.StaleEpoch, await store.Commit(Lease(1, 1, Later)));
    }

    /// <summary>What waited when the incarnation changed is written as the one that it was asked under.</summary>
    [Fact]
    public async Task What_an_ended_incarnation_asked_for_is_not_written_for_the_next()
    {
        var first = await _one.Join("head1");
        using var store = _cluster.Writer("head1", first);
        var lockedOut = Hold("SELECT * FROM netboot_fabric.writer FOR UPDATE");
        var old = Enumerable.Range(0, 100).Select(client => store.Commit(Lease(client, client, Later))).ToArray();
        store.Incarnation = new StoreIncarnation("head1", await _two.Join("head1"));
        var young = Enumerable.Range(100, 100).Select(client => store.Commit(Lease(client, client, Later))).ToArray();
        lockedOut.Dispose();
        Assert.All(await Task.WhenAll(old), outcome => Assert.Equal(LeaseCommit.StaleEpoch, outcome));
        Assert.All(await Task.WhenAll(young), outcome => Assert.Equal(LeaseCommit.Committed, outcome));
        Assert.Equal(100, (await store.Leases()).Length);
    }

    [Fact]
    public async Task A_lease_is_committed_under_its_shards_epoch_by_its_owner_only()
    {
        var (first, second) = (await _one.Join("head1"), await _two.Join("head2"));
        using var mine = _cluster.Writer("head1", first);
        using var other = _cluster.Writer("head2", second);
        var row = Assert.Single(await _one.Take("head1", first, 5));
        Assert.Equal(LeaseCommit.StaleEpoch, await mine.Commit(Lease(1, 1, Later, shard: 5), row.Epoch - 1));
        Assert.Equal(LeaseCommit.StaleEpoch, await mine.Commit(Lease(1, 1, Later, shard: 5), row.Epoch + 1));
        Assert.Equal(LeaseCommit.StaleEpoch, await other.Commit(Lease(1, 1, Later, shard: 5), row.Epoch));
        var commits = await Task.WhenAll(mine.Commit(Lease(1, 1, Later, shard: 5), row.Epoch), mine.Commit(Lease(2, 2, Later, shard: 5), row.Epoch - 1), mine.Commit(Lease(3, 3, Later, shard: 6)));
        Assert.Equal([LeaseCommit.Committed, LeaseCommit.StaleEpoch, LeaseCommit.Committed], commits);
        var given = Assert.Single(await _one.HandOver("head1", first, "head2", row));
        Assert.Equal(LeaseCommit.StaleEpoch, await mine.Commit(Lease(1, 1, Later, shard: 5), row.Epoch));
        Assert.Equal(LeaseCommit.Committed, await other.Commit(Lease(1, 1, Later, shard: 5), given.Epoch));
    }

    [Fact]
    public async Task One_that_is_alone_writes_as_before_until_a_cluster_owns_the_shard_under_an_epoch_of_its_own()
    {
        using var alone = PostgresStore.Open(_cluster.Database, TimeProvider.System);
        Assert.Equal(LeaseCommit.Committed, await alone.Commit(Lease(1, 1, Later, shard: 5), 7));
        var first = await _one.Join("head1");
        var row = Assert.Single(await _one.Take("head1", first, 5));
        Assert.True(row.Epoch > 7);
        Assert.Equal(LeaseCommit.StaleEpoch, await alone.Commit(Lease(1, 1, Later, shard: 5), 7));
        Assert.Equal(LeaseCommit.Committed, await alone.Commit(Lease(2, 2, Later, shard: 6), 0));
        using var member = _cluster.Writer("head1", first);
        Assert.Equal(LeaseCommit.Committed, await member.Commit(Lease(1, 1, Later, shard: 5), row.Epoch));
    }

    /// <summary>Writers go on all the time: each lease that is there was told as committed before the fence was complete, or was under way then.</summary>
    [Fact]
    public async Task After_a_fence_is_complete_nothing_that_was_under_way_is_written()
    {
        using var store = _cluster.Writer("head1", 0);
        var client = 0;
        for (var round = 0; round < 25; round++)
        {
            var incarnation = await _one.Join("head1");
            store.Incarnation = new StoreIncarnation("head1", incarnation);
            var commits = new List<Task<LeaseCommit>> { store.Commit(Lease(client, client++, Later)) };
            await commits[0];
            for (var i = 0; i < 50 * round; i++) commits.Add(store.Commit(Lease(client, client++, Later)));
            Assert.True(await _two.Fence("head1", incarnation, 0));
            var count = Count();
            for (var i = 0; i < 50; i++) commits.Add(store.Commit(Lease(client, client++, Later)));
            var outcomes = await Task.WhenAll(commits);
            Assert.Equal(count, Count());
            Assert.All(outcomes[^50..], outcome => Assert.Equal(LeaseCommit.StaleEpoch, outcome));
            Assert.All(outcomes, outcome => Assert.Contains(outcome, new[] { LeaseCommit.Committed, LeaseCommit.StaleEpoch }));
            var written = (await store.Leases()).Select(lease => (int)(lease.Client.Value - Mac(0).Value)).ToHashSet();
            Assert.All(outcomes.Index(), item => Assert.Equal(item.Item == LeaseCommit.Committed, written.Contains(client - outcomes.Length + item.Index)));
        }
    }

    /// <summary>A group that the server has done but not committed, whose client says no more: by its name a session of the member's.</summary>
    [Fact]
    public async Task A_session_that_hangs_in_the_middle_of_a_group_is_ended_by_the_fence()
    {
        var incarnation = await _one.Join("head1");
        using var hung = Hold($"SELECT netboot_fabric.lock_shared('head1'); INSERT INTO netboot_fabric.lease VALUES (1, 1, 1, 1, '', 1)", $"netbootd head1/{incarnation}");
        var began = TimeProvider.System.GetTimestamp();
        Assert.True(await _two.Fence("head1", incarnation, 0).WaitAsync(Limit));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0L, Count());
        using var other = _cluster.Writer("head2", await _two.Join("head2"));
        Assert.Equal(LeaseCommit.Committed, await other.Commit(Lease(1, 1, Later, shard: 3)));
    }

    /// <summary>As of a superuser's session that may not be ended. The caller is told, and may try again.</summary>
    [Fact]
    public async Task A_fence_that_can_not_have_the_lock_fails_in_time_and_ends_nothing()
    {
        var incarnation = await _one.Join("head1");
        using (Hold("SELECT netboot_fabric.lock_shared('head1')", "somebody's psql"))
        {
            var began = TimeProvider.System.GetTimestamp();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => _two.Fence("head1", incarnation, 0).WaitAsync(Limit));
            Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(3));
            Assert.True((await _two.Beat("head1", incarnation)).IsAccepted);
        }
        Assert.True(await _two.Fence("head1", incarnation, 1).WaitAsync(Limit));
    }

    [Fact]
    public async Task A_beat_does_not_wait_for_the_members_own_groups_or_for_changes_of_shards()
    {
        var incarnation = await _one.Join("head1");
        using var group = Hold("SELECT netboot_fabric.lock_exclusive('head1'), netboot_fabric.lock_exclusive(NULL)");
        Assert.True((await _one.Beat("head1", incarnation)).IsAccepted);
    }

    private long Count() => (long)PostgresServer.Scalar(_cluster.Database, "SELECT count(*) FROM netboot_fabric.lease")!;

    /// <summary>A transaction that has done this and stays open.</summary>
    private NpgsqlConnection Hold(string statements, string name = "test")
    {
        var connection = new NpgsqlConnection($"{_cluster.Database};Pooling=false;Application Name={name}");
        connection.Open();
        using var command = new NpgsqlCommand($"BEGIN; {statements}", connection);
        command.ExecuteNonQuery();
        return connection;
    }
}

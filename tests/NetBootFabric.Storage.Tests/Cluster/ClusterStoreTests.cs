using NetBootFabric.Boot.Membership;
using static NetBootFabric.Storage.Tests.Cluster.ClusterCalls;

namespace NetBootFabric.Storage.Tests.Cluster;

/// <summary>What every store of a cluster does: each sentence of <see cref="IClusterStore"/>.</summary>
public abstract class ClusterStoreTests : IDisposable
{
    private readonly TestCluster _cluster;
    private readonly IClusterStore _one;
    private readonly IClusterStore _two;

    protected ClusterStoreTests(TestCluster cluster)
    {
        _cluster = cluster;
        (_one, _two) = (cluster.Connect(), cluster.Connect());
    }

    public void Dispose()
    {
        _cluster.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_member_that_joins_is_seen_by_the_others_as_it_named_itself_and_is_joining()
    {
        var one = new MemberIdentity("head1", "10.0.0.1:4053", new string('B', 64), 1000, ["arp", "boot"]);
        var incarnation = await _one.Join(one);
        var other = await _two.Join("head2");
        var row = (await _two.Beat("head2", other)).Member("head1");
        Assert.Equal((incarnation, StoredStatus.Joining), (row.Incarnation, row.Status));
        Assert.Equal(one with { Roles = row.Identity.Roles }, row.Identity);
        Assert.Equal(one.Roles, row.Identity.Roles);
    }

    [Fact]
    public async Task A_beat_says_that_it_lives_and_reads_everything_members_by_name_and_shards_by_number()
    {
        var second = await _two.Join("head2");
        var first = await _one.Join("head1");
        await _one.Take("head1", first, 7, 3);
        await _two.Take("head2", second, 5);
        var before = (await _one.Beat("head1", first)).Member("head1");
        var view = await _one.Beat("head1", first, StoredStatus.Leaving);
        Assert.True(view.IsAccepted);
        Assert.Equal(["head1", "head2"], view.Members.Select(row => row.Identity.Name));
        Assert.Equal(before.Beat + 1, view.Member("head1").Beat);
        Assert.Equal([StoredStatus.Leaving, StoredStatus.Joining], view.Members.Select(row => row.Status));
        Assert.Equal([(3, "head1"), (5, "head2"), (7, "head1")], view.Shards.Select(row => (row.Shard, row.Owner)));
        Assert.Equal(view.Members.Select(row => row.Beat), (await _two.Beat("head3", 1)).Members.Select(row => row.Beat));
    }

    [Fact]
    public async Task A_members_new_identity_takes_the_place_of_the_old_one()
    {
        await _one.Join("head1");
        var again = await _one.Join(Identity("head1", weight: 7) with { Address = "elsewhere:1" });
        var row = Assert.Single((await _one.Beat("head1", again)).Members);
        Assert.Equal((7, "elsewhere:1"), (row.Identity.Weight, row.Identity.Address));
    }

    [Fact]
    public async Task A_new_incarnation_is_higher_and_fences_the_earlier_one()
    {
        var first = await _one.Join("head1");
        await _one.Take("head1", first, 1);
        var second = await _two.Join("head1");
        Assert.True(second > first);
        Assert.False((await _one.Beat("head1", first)).IsAccepted);
        Assert.Empty(await _one.Take("head1", first, 2));
        Assert.True((await _two.Beat("head1", second)).IsAccepted);
    }

    [Fact]
    public async Task Shards_of_a_member_that_joins_anew_stay_its_own_under_a_higher_epoch()
    {
        var first = await _one.Join("head1");
        var taken = await _one.Take("head1", first, 1, 2);
        var second = await _one.Join("head1");
        var view = await _one.Beat("head1", second);
        Assert.All(taken, row => Assert.Equal("head1", view.Shard(row.Shard).Owner));
        Assert.All(taken, row => Assert.True(view.Shard(row.Shard).Epoch > row.Epoch));
        Assert.Empty(await _one.HandOver("head1", second, "head2", [.. taken]));
    }

    [Fact]
    public async Task A_beat_of_a_fenced_incarnation_is_not_accepted_writes_nothing_and_still_reads()
    {
        var first = await _one.Join("head1");
        await _one.Take("head1", first, 1);
        Assert.True(await _two.FenceNow("head1", first));
        var before = (await _two.Beat("head2", 1)).Member("head1");
        var view = await _one.Beat("head1", first);
        Assert.False(view.IsAccepted);
        Assert.Equal(StoredStatus.Unreachable, view.Member("head1").Status);
        Assert.Equal(before.Beat, view.Member("head1").Beat);
        Assert.Equal("head1", Assert.Single(view.Shards).Owner);
    }

    [Fact]
    public async Task A_beat_of_one_that_is_gone_or_never_joined_is_not_accepted()
    {
        var first = await _one.Join("head1");
        await _one.Leave("head1", first);
        Assert.False((await _one.Beat("head1", first)).IsAccepted);
        Assert.False((await _one.Beat("nobody", 1)).IsAccepted);
        Assert.Equal(StoredStatus.Gone, Assert.Single((await _one.Beat("nobody", 1)).Members).Status);
    }

    [Fact]
    public async Task The_view_tells_the_databases_time()
    {
        var first = await _one.Join("head1");
        var times = new List<DateTimeOffset>();
        for (var beat = 0; beat < 5; beat++) times.Add((await (beat % 2 == 0 ? _one : _two).Beat("head1", first)).Time);
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[0] - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Nothing_happens_to_one_whose_heart_has_beaten_since()
    {
        var first = await _one.Join("head1");
        var seen = (await _one.Beat("head1", first)).Member("head1").Beat;
        await _one.Beat("head1", first);
        Assert.False(await _two.Fence("head1", first, seen));
        Assert.True((await _one.Beat("head1", first)).IsAccepted);
    }

    [Fact]
    public async Task Nothing_happens_to_an_incarnation_that_is_not_the_one_or_to_one_that_has_ended()
    {
        var first = await _one.Join("head1");
        var second = await _one.Join("head1");
        var beat = (await _one.Beat("head1", second)).Member("head1").Beat;
        Assert.False(await _two.Fence("head1", first, beat));
        Assert.False(await _two.Fence("nobody", first, beat));
        await _one.Leave("head1", second);
        Assert.False(await _two.Fence("head1", second, beat));
        Assert.Equal(StoredStatus.Gone, (await _two.Beat("nobody", 1)).Member("head1").Status);
    }

    [Fact]
    public async Task A_fenced_incarnation_takes_gives_and_leaves_nothing()
    {
        var first = await _one.Join("head1");
        var taken = await _one.Take("head1", first, 1);
        Assert.True(await _two.FenceNow("head1", first));
        Assert.Empty(await _one.Take("head1", first, 2));
        Assert.Empty(await _one.HandOver("head1", first, "head2", [.. taken]));
        await _one.Leave("head1", first);
        var view = await _two.Beat("nobody", 1);
        Assert.Equal(taken, view.Shards);
    }

    [Fact]
    public async Task What_nobody_owns_is_taken_under_a_higher_epoch_and_what_a_living_member_owns_is_not()
    {
        var (first, second) = (await _one.Join("head1"), await _two.Join("head2"));
        Assert.Equal([(0, "head1", true), (127, "head1", true)], (await _one.Take("head1", first, 0, 127)).Select(row => (row.Shard, row.Owner, row.Epoch > 0)));
        foreach (var status in new[] { StoredStatus.Joining, StoredStatus.Up, StoredStatus.Leaving })
        {
            await _one.Beat("head1", first, status);
            Assert.Empty(await _two.Take("head2", second, 0, 127));
        }
        Assert.Equal([5], (await _two.Take("head2", second, 0, 5, 5, 127)).Select(row => row.Shard));
        Assert.Empty(await _one.Take("head1", first, 0));
        Assert.Empty(await _one.Take("head1", first));
    }

    [Fact]
    public async Task What_the_member_owns_already_it_acquires_anew_under_a_higher_epoch_and_nothing_of_another_that_lives()
    {
        var (first, second) = (await _one.Join("head1"), await _two.Join("head2"));
        var taken = await _one.Acquire("head1", first, 1, 2);
        Assert.Equal([1, 2], taken.Select(row => row.Shard));
        var again = await _one.Acquire("head1", first, 1);
        Assert.True(again.Single().Epoch > taken[0].Epoch);
        Assert.Equal([3], (await _two.Acquire("head2", second, 1, 2, 3)).Select(row => row.Shard));
        Assert.True(await _two.FenceNow("head1", first));
        Assert.Empty(await _one.Acquire("head1", first, 1, 4));
        Assert.Equal([1, 2], (await _two.Acquire("head2", second, 1, 2)).Select(row => row.Shard));
    }

    [Fact]
    public async Task What_is_released_is_nobodys_under_a_higher_epoch_and_what_is_owned_under_another_epoch_stays()
    {
        var (first, second) = (await _one.Join("head1"), await _two.Join("head2"));
        var old = await _one.Acquire("head1", first, 1);
        var taken = await _one.Acquire("head1", first, 1, 2);
        Assert.Empty(await _one.Release("head1", first, [.. old]));
        Assert.Empty(await _two.Release("head2", second, [.. taken]));
        var released = Assert.Single(await _one.Release("head1", first, taken[0]));
        Assert.Null(released.Owner);
        Assert.True(released.Epoch > taken[0].Epoch);
        Assert.Equal(released, (await _two.Beat("head2", second)).Shard(1));
        Assert.Equal([1], (await _two.Acquire("head2", second, 1, 2)).Select(row => row.Shard));
    }

    [Fact]
    public async Task A_member_says_which_run_of_its_actor_system_it_is_and_who_joined_earlier_has_the_lower_number()
    {
        await _one.Join(Identity("head1") with { Uid = 4711 });
        var second = await _two.Join("head2");
        var view = await _two.Beat("head2", second);
        Assert.Equal((4711, 0), (view.Member("head1").Identity.Uid, view.Member("head2").Identity.Uid));
        Assert.True(view.Member("head1").Joined < view.Member("head2").Joined);
        await _one.Join("head1");
        view = await _two.Beat("head2", second);
        Assert.Equal(0, view.Member("head1").Identity.Uid);
        Assert.True(view.Member("head1").Joined > view.Member("head2").Joined);
    }

    [Fact]
    public async Task What_an_unreachable_member_owns_is_taken_under_a_higher_epoch()
    {
        var (first, second) = (await _one.Join("head1"), await _two.Join("head2"));
        var before = Assert.Single(await _one.Take("head1", first, 9));
        Assert.True(await _two.FenceNow("head1", first));
        var after = Assert.Single(await _two.Take("head2", second, 9));
        Assert.Equal("head2", after.Owner);
        Assert.True(after.Epoch > before.Epoch);
        Assert.Equal([after], (await _two.Beat("head2", second)).Shards);
    }

    [Fact]
    public async Task What_one_that_is_gone_or_was_never_a_member_owns_is_taken()
    {
        var (first, second) = (await _one.Join("head1"), await _two.Join("head2"));
        var taken = await _one.Take("head1", first, 1, 2);
        await _one.HandOver("head1", first, "nobody", taken[0]);
        await _one.HandOver("head1", first, "head3", taken[1]);
        await _one.Leave("head3", await _one.Join("head3"));
        Assert.Equal(2, (await _two.Take("head2", second, 1, 2)).Count);
    }

    [Fact]
    public async Task Shards_are_handed_over_under_a_higher_epoch()
    {
        var first = await _one.Join("head1");
        var second = await _two.Join("head2");
        var taken = await _one.Take("head1", first, 4, 5, 6);
        var given = await _one.HandOver("head1", first, "head2", taken[0], taken[1]);
        Assert.Equal([(4, "head2"), (5, "head2")], given.Select(row => (row.Shard, row.Owner)));
        Assert.All(given, row => Assert.True(row.Epoch > taken.Single(old => old.Shard == row.Shard).Epoch));
        Assert.Equal([.. given, taken[2]], (await _two.Beat("head2", second)).Shards);
    }

    [Fact]
    public async Task What_it_does_not_own_under_the_epoch_named_stays_as_it_is()
    {
        var first = await _one.Join("head1");
        var second = await _two.Join("head2");
        var mine = Assert.Single(await _one.Take("head1", first, 1));
        var other = Assert.Single(await _two.Take("head2", second, 2));
        Assert.Empty(await _one.HandOver("head1", first, "head3", mine with { Epoch = mine.Epoch - 1 }, other, new ShardRow(3, "head1", 1)));
        Assert.Equal([mine, other], (await _one.Beat("head1", first)).Shards);
    }

    [Fact]
    public async Task One_that_leaves_is_gone_and_owns_nothing_and_its_shards_have_a_higher_epoch()
    {
        var first = await _one.Join("head1");
        var taken = await _one.Take("head1", first, 1, 2);
        await _one.Leave("head1", first);
        var view = await _two.Beat("nobody", 1);
        Assert.Equal(StoredStatus.Gone, view.Member("head1").Status);
        Assert.All(taken, row => Assert.Null(view.Shard(row.Shard).Owner));
        Assert.All(taken, row => Assert.True(view.Shard(row.Shard).Epoch > row.Epoch));
        await _one.Leave("head1", first);
        Assert.Equal(view.Shards, (await _two.Beat("nobody", 1)).Shards);
    }

    [Fact]
    public async Task An_earlier_incarnation_that_leaves_takes_nothing_from_the_present_one()
    {
        var first = await _one.Join("head1");
        await _one.Take("head1", first, 1);
        var second = await _two.Join("head1");
        await _one.Leave("head1", first);
        var view = await _two.Beat("head1", second);
        Assert.True(view.IsAccepted);
        Assert.Equal("head1", view.Shard(1).Owner);
    }

    [Fact]
    public async Task One_that_left_joins_again_with_a_higher_incarnation()
    {
        var first = await _one.Join("head1");
        await _one.Leave("head1", first);
        var second = await _one.Join("head1");
        Assert.True(second > first);
        Assert.True((await _one.Beat("head1", second)).IsAccepted);
    }
}

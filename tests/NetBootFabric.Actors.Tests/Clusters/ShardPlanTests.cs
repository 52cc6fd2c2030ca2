using NetBootFabric.Actors.Cluster.Store;

namespace NetBootFabric.Actors.Tests.Clusters;

public sealed class ShardPlanTests
{
    private static MemberRow Member(string name, int weight = 100, StoredStatus status = StoredStatus.Up) =>
        new(new MemberIdentity(name, $"{name}:1", "", weight, []), 1, status, 1);

    private static MemberRow[] Members(int count) => [.. Enumerable.Range(1, count).Select(static i => Member($"head-{i}"))];

    [Fact]
    public void Without_members_nobody_owns_anything() => Assert.All(ShardPlan.Of(8, []), Assert.Null);

    [Theory]
    [InlineData(StoredStatus.Joining)]
    [InlineData(StoredStatus.Leaving)]
    [InlineData(StoredStatus.Unreachable)]
    [InlineData(StoredStatus.Gone)]
    public void Only_members_that_are_up_own_shards(StoredStatus status) =>
        Assert.All(ShardPlan.Of(128, [Member("a"), Member("b", status: status)]), static owner => Assert.Equal("a", owner));

    [Fact]
    public void The_order_of_the_members_does_not_matter()
    {
        var members = Members(7);
        Assert.Equal(ShardPlan.Of(128, members), ShardPlan.Of(128, members.Reverse()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Shards_are_spread_evenly(int members)
    {
        var spread = ShardPlan.Of(4096, Members(members)).CountBy(static owner => owner!).ToDictionary();
        Assert.Equal(members, spread.Count);
        // Four standard deviations of a binomial spread.
        var share = 4096.0 / members;
        Assert.All(spread.Values, owned => Assert.InRange(owned, share - (4 * Math.Sqrt(share)), share + (4 * Math.Sqrt(share))));
    }

    [Fact]
    public void A_members_share_is_that_of_its_weight()
    {
        var spread = ShardPlan.Of(8192, [Member("a", 100), Member("b", 200), Member("c", 500)]).CountBy(static owner => owner!).ToDictionary();
        Assert.InRange(spread["a"], 1024 - 130, 1024 + 130);
        Assert.InRange(spread["b"], 2048 - 180, 2048 + 180);
        Assert.InRange(spread["c"], 5120 - 200, 5120 + 200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void A_member_that_comes_moves_only_the_shards_that_it_gets(int members)
    {
        var before = ShardPlan.Of(128, Members(members));
        var after = ShardPlan.Of(128, Members(members + 1));
        Assert.All(Enumerable.Range(0, 128).Where(shard => before[shard] != after[shard]), shard => Assert.Equal($"head-{members + 1}", after[shard]));
    }

    [Fact]
    public void A_member_that_gets_heavier_takes_and_gives_nothing()
    {
        var before = ShardPlan.Of(128, [Member("a"), Member("b"), Member("c")]);
        var after = ShardPlan.Of(128, [Member("a"), Member("b", 300), Member("c")]);
        Assert.All(Enumerable.Range(0, 128).Where(shard => before[shard] != after[shard]), shard => Assert.Equal("b", after[shard]));
        Assert.NotEqual(before, after);
    }

    // Every node reckons it by itself, in every version: it must not change unless all change together.
    [Fact]
    public void The_plan_of_three_stays_what_it_is() =>
        Assert.Equal("23223323212322212233313131232311", string.Concat(ShardPlan.Of(32, Members(3)).Select(static owner => owner![^1])));
}

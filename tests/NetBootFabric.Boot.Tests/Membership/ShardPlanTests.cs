using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Boot.Tests.Membership;

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
    public void Shards_are_spread_evenly_to_one(int members)
    {
        var spread = Spread(ShardPlan.Of(128, Members(members)));
        Assert.Equal(members, spread.Count);
        Assert.All(spread.Values, owned => Assert.InRange(owned, 128 / members, (127 / members) + 1));
    }

    [Fact]
    public void A_members_share_is_that_of_its_weight()
    {
        var spread = Spread(ShardPlan.Of(128, [Member("a", 100), Member("b", 200), Member("c", 500)]));
        Assert.Equal((16, 32, 80), (spread["a"], spread["b"], spread["c"]));
    }

    [Fact]
    public void A_member_without_the_role_owns_nothing()
    {
        var files = Member("files") with { Identity = new MemberIdentity("files", "files:1", "", 100, ["files"]) };
        var head = Member("a") with { Identity = new MemberIdentity("a", "a:1", "", 100, ["head"]) };
        Assert.All(ShardPlan.Of(16, [files, head], role: "head"), static owner => Assert.Equal("a", owner));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 5)]
    [InlineData(3, 4)]
    [InlineData(6, 7)]
    public void Members_that_come_get_their_share_with_the_fewest_moves(int before, int after)
    {
        var owners = ShardPlan.Of(128, Members(before));
        var next = ShardPlan.Of(128, Members(after), Table(owners));
        var moved = Enumerable.Range(0, 128).Where(shard => owners[shard] != next[shard]).ToList();
        Assert.All(moved, shard => Assert.Contains(Members(after).Skip(before), member => member.Identity.Name == next[shard]));
        Assert.InRange(moved.Count, (128 / after) * (after - before), ((127 / after) + 1) * (after - before));
        Assert.All(Spread(next).Values, owned => Assert.InRange(owned, 128 / after, (127 / after) + 1));
    }

    [Fact]
    public void When_a_member_goes_only_its_shards_move()
    {
        var owners = ShardPlan.Of(128, Members(5));
        var next = ShardPlan.Of(128, Members(5).Where(member => member.Identity.Name != "head-2"), Table(owners));
        Assert.All(Enumerable.Range(0, 128), shard => Assert.True(owners[shard] == "head-2" || owners[shard] == next[shard]));
        Assert.All(Spread(next).Values, static owned => Assert.Equal(32, owned));
    }

    [Fact]
    public void A_plan_that_was_carried_out_or_half_of_it_is_the_plan_that_comes_next()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var members = Enumerable.Range(1, random.Next(1, 9)).Select(i => Member($"head-{i}", random.Next(1, 4) * 100)).ToList();
            string?[] owners = [.. Enumerable.Range(0, 128).Select(_ => random.Next(10) is var number and > 0 ? $"head-{number}" : null)];
            var plan = ShardPlan.Of(128, members, Table(owners));
            Assert.Equal(plan, ShardPlan.Of(128, members, Table(plan)));
            var half = ShardPlan.Of(128, members, Table([.. owners.Select((owner, shard) => random.Next(2) == 0 ? owner : plan[shard])]));
            Assert.Equal(Spread(plan).Values.Order(), Spread(half).Values.Order());
        }
    }

    // Every node reckons it by itself, in every version: it must not change unless all change together.
    [Fact]
    public void The_plan_of_three_stays_what_it_is() =>
        Assert.Equal("23123123112323112332113231232112", string.Concat(ShardPlan.Of(32, Members(3)).Select(static owner => owner![^1])));

    private static Dictionary<string, int> Spread(string?[] owners) => owners.CountBy(static owner => owner!).ToDictionary();

    private static Dictionary<int, ShardRow> Table(string?[] owners) => owners.Select(static (owner, shard) => new ShardRow(shard, owner, 1)).ToDictionary(static row => row.Shard);
}

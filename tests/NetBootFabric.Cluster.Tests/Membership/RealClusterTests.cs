using System.Collections.Concurrent;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Testing.Membership;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Membership;

/// <summary>Several head nodes as real Akka.NET clusters, with real links, and a store in memory that arbitrates.</summary>
public sealed class RealClusterTests : IAsyncLifetime
{
    private const int Shards = ClientMessageExtractor.ShardCount;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly InMemoryClusterStore _store = new();
    private readonly List<RealHead> _heads = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var head in _heads) await head.DisposeAsync();
    }

    [Fact]
    public async Task Three_find_each_other_through_the_store_and_share_all_shards_by_weight_though_nobody_asks_for_a_client()
    {
        var heads = await Start(new("head1", 100), new("head2", 100), new("head3", 200));
        await Until(() => (heads[0].Owned, heads[1].Owned, heads[2].Owned) == (32, 32, 64));
        Assert.All(_store.Shards, row => Assert.Equal(row.Epoch, heads.Single(head => head.Name == row.Owner).Membership.EpochOf(row.Shard)));
        foreach (var head in heads)
        {
            var client = new MacAddress(0x5254_0000_0001);
            var answer = await head.Region.Ask<HeadAnswer>(new GetClient(client), Limit);
            Assert.Equal(_store.Find(head.Membership.ShardOf(client))?.Owner, answer.Name);
        }
    }

    [Fact]
    public async Task Without_the_role_a_head_node_owns_nothing_and_passes_on_what_it_is_told()
    {
        var heads = await Start(new("head1", 100), new("files", 100, "files"));
        await Until(() => heads[0].Owned == Shards);
        Assert.Equal("head1", (await heads[1].Region.Ask<HeadAnswer>(new GetClient(new MacAddress(7)), Limit)).Name);
        Assert.Equal(0, heads[1].Owned);
    }

    [Fact]
    public async Task Who_leaves_gives_everything_to_the_others_and_is_gone()
    {
        var heads = await Start(new("head1", 100), new("head2", 100));
        await Until(() => heads[0].Owned == 64 && heads[1].Owned == 64);
        await heads[0].Membership.LeaveAsync().WaitAsync(Limit);
        await Until(() => heads[1].Owned == Shards);
        Assert.Equal(StoredStatus.Gone, _store.Members[0].Status);
        Assert.Equal(["head2"], heads[1].Membership.Live);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // then after a while
    public async Task A_shard_that_moves_is_given_back_once_its_history_is_closed(bool closes)
    {
        var heads = await Start(new Kind("head1", 100));
        await Until(() => heads[0].Owned == Shards);
        var owners = new ConcurrentDictionary<int, string?>();
        heads[0].Setup.State.Close = (shard, closed) =>
        {
            owners[shard] = _store.Find(shard)?.Owner;
            if (closes) closed();
        };
        await Start(new Kind("head2", 100));
        await Until(() => heads[0].Owned == 64 && heads[1].Owned == 64);
        Assert.Equal(64, owners.Count);
        Assert.All(owners.Values, owner => Assert.Equal("head1", owner));
    }

    [Fact]
    public async Task Who_is_cut_off_from_the_store_owns_nothing_the_others_take_over_and_it_comes_back_by_itself_under_a_higher_incarnation()
    {
        var heads = await Start(new("head1", 100), new("head2", 100), new("head3", 100));
        await Until(() => heads.Sum(head => head.Owned) == Shards && heads.All(head => head.Owned > 0));
        var before = _store.Members[0].Incarnation;
        heads[0].Link.IsCut = true;
        await Until(() => heads[1].Owned + heads[2].Owned == Shards);
        Assert.Equal(0, heads[0].Owned);
        Assert.False(_store.IsAccepted("head1", before));
        heads[0].Link.IsCut = false;
        await Until(() => heads[0].Owned is 42 or 43);
        Assert.True(_store.Members[0].Incarnation > before);
        Assert.Equal((2, 1, 1), (heads[0].Systems, heads[1].Systems, heads[2].Systems));
        await Task.Delay(heads[0].Setup.DeadAfter * 2); // who is not heard at all is noticed by then
        Assert.All(heads, head => Assert.Equal((3, 0), (head.Heard, head.Unheard)));
    }

    [Fact]
    public async Task While_the_store_is_away_for_all_shards_stay_where_they_are_and_nobody_is_put_out()
    {
        var heads = await Start(new("head1", 100), new("head2", 100));
        await Until(() => heads[0].Owned == 64 && heads[1].Owned == 64);
        var rows = _store.Shards;
        _store.IsDown = true;
        await Until(() => heads.All(head => head.Membership.Contact == "DownForAll"));
        await Task.Delay(heads[0].Setup.DeadAfter * 2);
        Assert.Equal((64, 64), (heads[0].Owned, heads[1].Owned));
        _store.IsDown = false;
        await Until(() => heads.All(head => head.Membership.Contact == "Current"));
        Assert.Equal(rows, _store.Shards);
        Assert.All(heads, head => Assert.Equal(1, head.Systems));
    }

    [Fact]
    public async Task A_stranger_is_let_in_by_nobody()
    {
        var heads = await Start(new("head1", 100), new("head2", 100));
        await using var stranger = new RealHead(new InMemoryClusterStore(), "head3");
        await stranger.Joined.WaitAsync(Limit);
        stranger.Setup.Trust.Learn(_store.Members);
        Assert.Empty(await stranger.Membership.AskOthersAsync("/x"));
        var link = stranger.Membership.AskAsync(new HeadMember("head1", "up", heads[0].Endpoint, 100, [], 1), "/x");
        Assert.Null(await link);
        Assert.All(heads, head => Assert.Equal(1, head.Systems));
        Assert.Equal(["head1", "head2"], heads[0].Membership.Live);
    }

    private async Task<IReadOnlyList<RealHead>> Start(params Kind[] kinds)
    {
        foreach (var kind in kinds) _heads.Add(new RealHead(_store, kind.Name, kind.Weight, kind.Role));
        await Task.WhenAll(_heads.Select(head => head.Joined)).WaitAsync(Limit);
        return _heads;
    }

    private async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            if (limit.IsCancellationRequested) Assert.Fail(string.Join("; ", _heads.Select(head => $"{head.Name}: {head.Membership.Contact}, owns {head.Owned}, {head.Systems} systems")));
            await Task.Delay(10);
        }
    }

    private sealed record Kind(string Name, int Weight, string Role = FabricRegion.Role);
}

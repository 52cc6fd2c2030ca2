using NetBootFabric.Actors.Cluster;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Tests.Clusters;

public sealed class StoreContactTests : IDisposable
{
    private readonly ClusterWorld _world = new(1);

    public StoreContactTests() => _world.StartAll("a", "b", "c");

    public void Dispose() => _world.Dispose();

    private ClusterNode A => _world["a"];
    private ClusterNode B => _world["b"];
    private ClusterNode C => _world["c"];

    private bool AllOwned => _world.Spread().Values.Sum() == ClusterWorld.Shards;

    private void AssertOwnedThroughout(double seconds)
    {
        for (var left = seconds; left > 0; left -= 0.05)
        {
            _world.Advance(0.05);
            Assert.True(AllOwned, $"at {_world.Runtime.TimeProvider.Elapsed}: {string.Join(", ", _world.Spread())}");
        }
    }

    [Fact]
    public void A_store_that_is_away_for_all_leaves_the_shards_where_they_are()
    {
        var incarnations = _world.Nodes.Select(static node => node.Cluster.SelfIncarnation).ToList();
        _world.Store.IsDown = true;
        AssertOwnedThroughout(30);
        Assert.All(_world.Nodes, static node => Assert.Equal(StoreContact.DownForAll, node.Cluster.StoreContact));
        _world.Store.IsDown = false;
        AssertOwnedThroughout(10);
        Assert.All(_world.Nodes, static node => Assert.Equal(StoreContact.Current, node.Cluster.StoreContact));
        Assert.Equal(incarnations, _world.Nodes.Select(static node => node.Cluster.SelfIncarnation));
    }

    [Fact]
    public void A_store_that_is_silent_for_all_costs_half_a_second()
    {
        foreach (var node in _world.Nodes) node.Store.IsSilent = true;
        _world.Advance(1.5);
        AssertOwnedThroughout(20);
        foreach (var node in _world.Nodes) node.Store.Answer();
        AssertOwnedThroughout(10);
    }

    [Fact]
    public void Who_alone_is_cut_off_from_the_store_owns_nothing_and_is_replaced()
    {
        A.Store.IsCut = true;
        _world.Advance(0.85);
        Assert.Equal(0, A.Owned);
        Assert.Equal(StoreContact.CutOff, A.Cluster.StoreContact);
        Assert.True(_world.RunUntil(() => B.Owned + C.Owned == ClusterWorld.Shards, 1), string.Join(", ", _world.Spread()));
        _world.Advance(10);
        Assert.Equal(0, A.Owned);
        A.Store.IsCut = false;
        _world.Settle();
        Assert.NotEqual(0, A.Owned);
    }

    [Fact]
    public void Who_gets_no_answer_from_the_store_owns_nothing_and_is_replaced()
    {
        A.Store.IsSilent = true;
        Assert.True(_world.RunUntil(() => B.Owned + C.Owned == ClusterWorld.Shards, 3), string.Join(", ", _world.Spread()));
        A.Store.Answer();
        _world.Settle();
    }

    [Fact]
    public void Who_is_cut_off_from_the_store_and_from_all_members_owns_nothing()
    {
        _world.Network.Isolate("a");
        A.Store.IsCut = true;
        Assert.True(_world.RunUntil(() => B.Owned + C.Owned == ClusterWorld.Shards, 3));
        _world.Advance(10);
        Assert.Equal(0, A.Owned);
        _world.Network.MendAll();
        A.Store.IsCut = false;
        _world.Settle();
    }

    [Fact]
    public void Members_that_do_not_reach_each_other_but_the_store_keep_their_shards()
    {
        _world.Network.Isolate("a");
        AssertOwnedThroughout(10);
    }

    [Fact]
    public void Members_may_be_restarted_while_the_store_is_away()
    {
        _world.Store.IsDown = true;
        _world.Advance(3);
        var owned = (A.Owned, B.Owned);
        C.Kill();
        _world.Advance(10);
        Assert.Equal(owned, (A.Owned, B.Owned));
        _world.Start("c");
        _world.Advance(10);
        Assert.Equal((owned.Item1, owned.Item2, 0), (A.Owned, B.Owned, C.Owned));
        _world.Store.IsDown = false;
        _world.Settle();
    }

    [Fact]
    public void One_node_alone_keeps_its_shards_while_the_store_is_away()
    {
        foreach (var node in new[] { B, C })
        {
            var left = node.Cluster.LeaveAsync();
            Assert.True(_world.RunUntil(() => left.IsCompleted, 5));
        }
        _world.Settle();
        _world.Store.IsDown = true;
        AssertOwnedThroughout(10);
        _world.Store.IsDown = false;
        AssertOwnedThroughout(5);
    }

    [Fact]
    public void A_paused_node_that_wakes_while_the_store_is_away_asks_before_it_owns()
    {
        _world.Store.IsDown = true;
        _world.Advance(3);
        A.Pause();
        _world.Advance(5);
        Assert.Equal(0, A.Owned);
        A.Resume();
        _world.Advance(1);
        Assert.True(AllOwned);
        _world.Store.IsDown = false;
        AssertOwnedThroughout(5);
    }

    [Fact]
    public void Who_was_fenced_before_the_store_went_away_owns_nothing()
    {
        A.Pause();
        _world.Advance(3);
        _world.Store.IsDown = true;
        _world.Advance(2);
        A.Resume();
        _world.Advance(10);
        Assert.Equal(0, A.Owned);
        Assert.Equal(ClusterWorld.Shards, B.Owned + C.Owned);
        _world.Store.IsDown = false;
        _world.Settle();
    }

    [Fact]
    public void Calls_that_fail_now_and_then_cost_nothing()
    {
        var random = new Random(1);
        foreach (var node in _world.Nodes) node.Store.Fault = (_, isDone) => !isDone && random.Next(10) == 0 ? new IOException("reset") : null;
        _world.Advance(60);
        foreach (var node in _world.Nodes) node.Store.Fault = null;
        _world.Settle();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Calls_whose_answers_are_lost_do_no_harm(int seed)
    {
        var random = new Random(seed);
        foreach (var node in _world.Nodes) node.Store.Fault = (_, isDone) => isDone && random.Next(5) == 0 ? new IOException("reset") : null;
        for (var i = 0; i < 6; i++)
        {
            _world.Start($"d{i % 2}");
            _world.Advance(5);
        }
        foreach (var node in _world.Nodes) node.Store.Fault = null;
        _world.Settle();
    }

    [Fact]
    public void A_store_that_fails_is_asked_once_a_heartbeat()
    {
        _ = B.Cluster.LeaveAsync();
        A.Store.Fault = (_, _) => new IOException("disk full");
        B.Store.Fault = (call, _) => call == "Leave" ? new IOException("disk full") : null;
        var before = (A.Store.Calls, B.Store.Calls);
        _world.Advance(10);
        Assert.InRange(A.Store.Calls - before.Item1, 30, 45);
        Assert.InRange(B.Store.Calls - before.Item2, 30, 90);
    }

    [Fact]
    public void Two_that_fence_each_other_at_once_leave_one_at_least()
    {
        A.Cluster.Down(B.Cluster.SelfAddress);
        B.Cluster.Down(A.Cluster.SelfAddress);
        _world.Settle();
        Assert.All(_world.Store.Members, static row => Assert.Equal(StoredStatus.Up, row.Status));
    }
}

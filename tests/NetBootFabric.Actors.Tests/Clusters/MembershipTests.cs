using NetBootFabric.Actors.Cluster;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Tests.Clusters;

public sealed class MembershipTests : IDisposable
{
    private readonly ClusterWorld _world = new(1);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void The_first_member_takes_all_shards()
    {
        _world.StartAll("a");
        Assert.Equal(ClusterWorld.Shards, _world["a"].Owned);
        Assert.True(_world["a"].Cluster.IsUp);
        Assert.Equal(MemberStatus.Up, _world["a"].Cluster.SelfMember.Status);
        Assert.Equal(StoreContact.Current, _world["a"].Cluster.StoreContact);
    }

    [Fact]
    public void Members_that_join_get_their_share()
    {
        _world.StartAll("a");
        _world.StartAll("b", "c");
        Assert.All(_world.Spread().Values, static owned => Assert.InRange(owned, 42, 43));
        _world.StartAll("d", "e");
        Assert.All(_world.Spread().Values, static owned => Assert.InRange(owned, 25, 26));
        Assert.Equal(ClusterWorld.Shards, _world.Spread().Values.Sum());
        Assert.Equal(5, _world["a"].Cluster.State.Members.Count);
    }

    [Fact]
    public void Five_that_start_at_once_come_to_rest()
    {
        _world.StartAll("a", "b", "c", "d", "e");
        Assert.Equal(ClusterWorld.Shards, _world.Spread().Values.Sum());
    }

    [Fact]
    public void Others_take_over_from_a_dead_member_within_its_time_and_a_heartbeat()
    {
        _world.StartAll("a", "b", "c");
        _world["b"].Kill();
        var limit = (ClusterWorld.DeadAfter + ClusterWorld.Heartbeat + TimeSpan.FromMilliseconds(50)).TotalSeconds;
        Assert.True(_world.RunUntil(() => _world["a"].Owned + _world["c"].Owned == ClusterWorld.Shards, limit), string.Join(", ", _world.Spread()));
        Assert.Contains(_world["a"].Cluster.State.Unreachable, static member => member.Address.Host == "b");
    }

    [Fact]
    public void A_member_that_comes_back_in_time_keeps_its_shards()
    {
        _world.StartAll("a", "b", "c");
        var before = _world["b"].Owned;
        _world["b"].Kill();
        _world.Advance(0.3);
        _world.Start("b");
        Assert.True(_world.RunUntil(() => _world["b"].Owned == before, 1));
        _world.Settle();
    }

    [Fact]
    public void A_paused_member_owns_nothing_when_it_wakes_and_joins_anew()
    {
        _world.StartAll("a", "b", "c");
        var incarnation = _world["b"].Cluster.SelfIncarnation;
        _world["b"].Tell("x", "before");
        _world["b"].Pause();
        _world.Advance(5);
        Assert.Equal(0, _world["b"].Owned);
        Assert.Equal(ClusterWorld.Shards, _world["a"].Owned + _world["c"].Owned);
        _world["b"].Resume();
        _world.Settle();
        Assert.True(_world["b"].Cluster.SelfIncarnation > incarnation);
        Assert.NotEqual(0, _world["b"].Owned);
    }

    [Fact]
    public void A_short_pause_costs_nothing()
    {
        _world.StartAll("a", "b", "c");
        var incarnation = _world["b"].Cluster.SelfIncarnation;
        _world["b"].Pause();
        _world.Advance(0.7);
        _world["b"].Resume();
        _world.Advance(3);
        Assert.Equal(incarnation, _world["b"].Cluster.SelfIncarnation);
        Assert.True(_world.IsSettled);
    }

    [Fact]
    public void A_member_that_leaves_gives_all_away_and_is_gone()
    {
        _world.StartAll("a", "b", "c");
        var left = false;
        _world["b"].Cluster.RegisterOnMemberRemoved(() => left = true);
        var leave = _world["b"].Cluster.LeaveAsync();
        Assert.True(_world.RunUntil(() => leave.IsCompleted, 5));
        Assert.True(left);
        Assert.Equal(StoredStatus.Gone, _world.Store.Members.Single(static row => row.Identity.Name == "b").Status);
        Assert.True(_world.RunUntil(() => _world["a"].Owned + _world["c"].Owned == ClusterWorld.Shards, 1));
        Assert.Equal(StoreContact.Left, _world["b"].Cluster.StoreContact);
        Assert.Equal(2, _world["a"].Cluster.State.Members.Count);
    }

    [Fact]
    public void A_member_is_told_to_leave_by_another()
    {
        _world.StartAll("a", "b", "c");
        _world["a"].Cluster.Leave(_world["b"].Cluster.SelfAddress);
        Assert.True(_world.RunUntil(() => _world["b"].Cluster.StoreContact == StoreContact.Left, 5));
        _world.Settle();
    }

    [Fact]
    public void The_last_member_leaves_too()
    {
        _world.StartAll("a");
        var leave = _world["a"].Cluster.LeaveAsync();
        Assert.True(_world.RunUntil(() => leave.IsCompleted, 5));
        Assert.All(_world.Store.Shards, static row => Assert.Null(row.Owner));
    }

    [Fact]
    public void A_system_that_ends_leaves_first()
    {
        _world.StartAll("a", "b");
        var end = _world["b"].System.Terminate();
        Assert.True(_world.RunUntil(() => end.IsCompleted, 10));
        Assert.Equal(StoredStatus.Gone, _world.Store.Members.Single(static row => row.Identity.Name == "b").Status);
        Assert.True(_world.RunUntil(() => _world["a"].Owned == ClusterWorld.Shards, 1));
    }

    [Fact]
    public void A_member_that_is_downed_by_an_operator_joins_anew_when_it_lives()
    {
        _world.StartAll("a", "b");
        var incarnation = _world["b"].Cluster.SelfIncarnation;
        _world["a"].Cluster.Down(_world["b"].Cluster.SelfAddress);
        Assert.True(_world.RunUntil(() => _world["b"].Cluster.SelfIncarnation > incarnation, 2));
        _world.Settle();
    }

    [Fact]
    public void Members_events_tell_the_life_of_a_node()
    {
        _world.StartAll("a");
        var heard = new List<string>();
        var listener = _world["a"].System.ActorOf(Props.Create(() => new Inline((_, message) => heard.Add(message.GetType().Name))));
        _world["a"].Cluster.Subscribe(listener, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        _world.StartAll("b");
        _world["b"].Kill();
        _world.Advance(2);
        _world.StartAll("b");
        _ = _world["b"].Cluster.LeaveAsync();
        _world.Advance(3);
        Assert.Equal(
        [
            "CurrentClusterState", "MemberJoined", "MemberUp", "UnreachableMember", "MemberDowned", "ReachableMember", "MemberRemoved", "MemberJoined", "MemberUp",
            "MemberLeft", "MemberExited", "MemberRemoved",
        ], heard);
    }

    [Fact]
    public void Two_processes_of_one_name_do_not_chase_each_other()
    {
        var first = _world.Start("a");
        _world.Settle();
        _world.Advance(1);
        var second = new ClusterNode(_world, "a", 100);
        second.Join();
        _world.Runtime.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains(first.Log, static line => line.Contains("Another process"));
        Assert.InRange(_world.Store.Members.Single().Incarnation, 2, 3);
        second.Kill();
    }
}

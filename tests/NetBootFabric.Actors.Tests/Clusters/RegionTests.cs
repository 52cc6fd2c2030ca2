using System.Globalization;
using NetBootFabric.Actors.Remote;

namespace NetBootFabric.Actors.Tests.Clusters;

public sealed class RegionTests : IDisposable
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 300).Select(static i => $"52:54:00:77:00:{i:x3}")];

    private readonly ClusterWorld _world = new(3);

    public void Dispose() => _world.Dispose();

    private ClusterNode A => _world["a"];
    private ClusterNode B => _world["b"];
    private ClusterNode C => _world["c"];

    private List<RetryingSender> Senders(IEnumerable<string> ids, string message)
    {
        var senders = ids.Select(id => new RetryingSender(_world, id, message)).ToList();
        foreach (var sender in senders) sender.Start();
        return senders;
    }

    private void AssertAllAnswered(List<RetryingSender> senders, double seconds) =>
        Assert.True(_world.RunUntil(() => senders.All(static sender => sender.Answer is not null), seconds), $"{senders.Count(static sender => sender.Answer is null)} without an answer");

    private void AssertHandledAtMostOnce() => Assert.Equal(_world.Handled.Count, _world.Handled.Select(static handled => (handled.Entity, handled.Message)).Distinct().Count());

    private string OwnedBy(ClusterNode node) => Ids.First(id => node.Sharding.Owns(ClusterNode.ShardOf(id)));

    [Fact]
    public void A_message_told_anywhere_reaches_the_owner_once_and_is_answered()
    {
        _world.StartAll("a", "b", "c");
        foreach (var id in Ids)
        {
            foreach (var node in _world.Nodes) Assert.StartsWith("hello", _world.Runtime.Run(() => node.Ask(id, "hello from " + node.Name), TimeSpan.FromSeconds(1)));
        }
        Assert.Equal(3 * Ids.Length, _world.Handled.Count);
        AssertHandledAtMostOnce();
        Assert.All(_world.Handled, handled => Assert.True(_world[handled.Node].Sharding.Owns(ClusterNode.ShardOf(handled.Entity))));
        Assert.Equal(Ids.Length, _world.Nodes.Sum(static node => node.Entities.Count));
    }

    [Fact]
    public void Messages_of_one_sender_keep_their_order_over_nodes()
    {
        _world.StartAll("a", "b");
        var id = OwnedBy(B);
        for (var i = 0; i < 100; i++) A.Tell(id, i.ToString(CultureInfo.InvariantCulture));
        _world.Advance(1);
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => i.ToString(CultureInfo.InvariantCulture)), _world.Handled.Select(static handled => handled.Message));
    }

    [Fact]
    public void Messages_told_before_the_shards_are_taken_wait()
    {
        var node = _world.Start("a");
        foreach (var id in Ids) node.Tell(id, "early");
        Assert.Empty(_world.Handled);
        _world.Settle();
        _world.Advance(0.5);
        Assert.Equal(Ids.Length, _world.Handled.Count);
    }

    [Fact]
    public void Messages_that_nobody_serves_become_dead_letters_after_a_few_seconds()
    {
        _world.Store.IsDown = true;
        var node = _world.Start("a");
        node.Tell("x", "in vain");
        _world.Advance(4);
        Assert.Empty(node.DeadLetters);
        _world.Advance(2);
        Assert.Equal(["in vain"], node.DeadLetters);
    }

    [Fact]
    public void A_join_under_load_loses_nothing_and_moves_the_entities()
    {
        _world.StartAll("a", "b");
        AssertAllAnswered(Senders(Ids, "first"), 2);
        var entities = A.Entities.Count;
        _world.Start("c");
        for (var i = 0; i < 30; i++)
        {
            foreach (var id in Ids) _world.Nodes.ElementAt(i % 2).Tell(id, $"during.{i}");
            _world.Advance(0.05);
        }
        _world.Settle();
        _world.Advance(1);
        AssertHandledAtMostOnce();
        Assert.Equal(Ids.Length * 31, _world.Handled.Count);
        Assert.NotEmpty(C.Entities);
        Assert.True(A.Entities.Count < entities);
        Assert.Equal(Ids.Length, _world.Nodes.Sum(static node => node.Entities.Count));
    }

    [Fact]
    public void Leaving_under_load_loses_no_message()
    {
        _world.StartAll("a", "b", "c");
        AssertAllAnswered(Senders(Ids, "first"), 2);
        var leave = B.Cluster.LeaveAsync();
        for (var i = 0; i < 30; i++)
        {
            foreach (var id in Ids) (i % 2 == 0 ? A : C).Tell(id, $"during.{i}");
            _world.Advance(0.05);
        }
        Assert.True(leave.IsCompleted);
        _world.Settle();
        _world.Advance(1);
        AssertHandledAtMostOnce();
        Assert.Equal(Ids.Length * 31, _world.Handled.Count);
        Assert.Empty(B.Entities);
    }

    [Fact]
    public void Entities_that_do_not_stop_when_asked_are_stopped_after_a_while()
    {
        _world.StartAll("a", "b");
        var id = OwnedBy(B);
        A.Tell(id, ClusterNode.Stubborn);
        _world.Advance(0.1);
        var leave = B.Cluster.LeaveAsync();
        A.Tell(id, "during");
        Assert.False(_world.RunUntil(() => leave.IsCompleted, 1.9));
        Assert.True(_world.RunUntil(() => leave.IsCompleted, 1));
        _world.Advance(1);
        Assert.Empty(B.Entities);
        Assert.DoesNotContain(_world.Handled, static handled => handled.Message == "during" && handled.Node != "b");
    }

    [Fact]
    public void After_a_crash_a_retrying_sender_is_answered_soon()
    {
        _world.StartAll("a", "b", "c");
        AssertAllAnswered(Senders(Ids, "first"), 2);
        B.Kill();
        AssertAllAnswered(Senders(Ids, "second"), 3.5);
        AssertHandledAtMostOnce();
    }

    [Fact]
    public void Entities_of_lost_shards_stop()
    {
        _world.StartAll("a", "b", "c");
        AssertAllAnswered(Senders(Ids, "first"), 2);
        var count = B.Entities.Count;
        B.Pause();
        _world.Advance(3);
        Assert.Equal(count, B.Entities.Count);
        B.Resume();
        _world.Runtime.RunUntilIdle();
        _world.Advance(0.02);
        Assert.Empty(B.Entities);
        _world.Settle();
        AssertAllAnswered(Senders(Ids, "second"), 2);
        AssertHandledAtMostOnce();
    }

    [Fact]
    public void A_paused_node_delivers_to_no_entity_what_it_is_told_when_it_wakes()
    {
        _world.StartAll("a", "b", "c");
        var id = OwnedBy(B);
        B.Tell(id, "before");
        _world.Advance(0.1);
        B.Pause();
        _world.Advance(3);
        B.Tell(id, "woken");
        B.Resume();
        _world.Advance(1);
        Assert.Equal(["before", "woken"], _world.Handled.Select(static handled => handled.Message));
        Assert.NotEqual("b", _world.Handled[1].Node);
    }

    [Fact]
    public void A_cut_link_loses_messages_but_repeats_none()
    {
        _world.StartAll("a", "b", "c");
        _world.Network.Isolate("a");
        var senders = Senders(Ids, "cut off");
        _world.Advance(5);
        _world.Network.MendAll();
        AssertAllAnswered(senders, 5);
        AssertHandledAtMostOnce();
    }

    [Fact]
    public void A_lossy_slow_network_is_survived()
    {
        var random = new Random(1);
        _world.StartAll("a", "b", "c");
        _world.Network.Delay = (_, _) => TimeSpan.FromMilliseconds(random.Next(200));
        _world.Network.Loses = (_, _) => random.Next(5) == 0;
        var senders = Senders(Ids, "lossy");
        _world.Start("d");
        _world.Advance(5);
        _ = A.Cluster.LeaveAsync();
        AssertAllAnswered(senders, 20);
        AssertHandledAtMostOnce();
    }

    [Fact]
    public void A_message_is_passed_on_twice_at_most()
    {
        _world.StartAll("a", "b", "c");
        var id = OwnedBy(C);
        Pass(A, "b", hops: 1, "once more");
        Pass(A, "b", hops: 2, "too often");
        Pass(A, "c", hops: 2, "arrived");
        _world.Advance(1);
        Assert.Equal(["arrived", "once more"], _world.Handled.Select(static handled => handled.Message).Order());
        Assert.Equal(["too often"], B.DeadLetters);

        void Pass(ClusterNode from, string to, byte hops, string message) =>
            Assert.Equal(SendOutcome.Sent, ActorSystemImpl.Of(from.System).Remoting!.SendToEntity(to, hops, "/system/sharding/thing", id, message, null));
    }

    [Fact]
    public void A_message_from_the_one_that_is_thought_the_owner_waits_for_the_next_beat()
    {
        _world.StartAll("a", "b", "c");
        var id = OwnedBy(A);
        ActorSystemImpl.Of(A.System).Remoting!.SendToEntity("b", 1, "/system/sharding/thing", id, "early", null);
        _world.Advance(1);
        Assert.Empty(_world.Handled);
        A.Kill();
        _world.Advance(2);
        Assert.Equal("early", Assert.Single(_world.Handled).Message);
    }

    [Fact]
    public void A_message_that_can_not_be_sent_is_a_dead_letter_at_once()
    {
        _world.StartAll("a", "b");
        A.Region.Tell(new ShardingEnvelope(OwnedBy(B), new Uri("http://x")), ActorRefs.NoSender);
        _world.Advance(0.1);
        Assert.Single(A.DeadLetters);
    }

    [Fact]
    public void Messages_wait_until_taken_shards_are_prepared()
    {
        var prepared = new List<Action>();
        var taken = new List<int>();
        var node = _world.Start("a", prepare: starting =>
        {
            starting.Sharding.Taken += shards => taken.AddRange(shards);
            starting.Sharding.BeforeServing((_, done) => prepared.Add(done));
        });
        node.Tell("x", "waits");
        _world.Advance(1);
        Assert.Equal(ClusterWorld.Shards, taken.Count);
        Assert.Equal(ClusterWorld.Shards, node.Owned);
        Assert.Empty(_world.Handled);
        foreach (var done in prepared) done();
        _world.Advance(0.01);
        Assert.Single(_world.Handled);
    }

    [Fact]
    public void A_preparation_that_never_ends_is_given_up()
    {
        var node = _world.Start("a", prepare: static starting => starting.Sharding.BeforeServing(static (_, _) => { }));
        node.Tell("x", "waits");
        _world.Advance(2.9);
        Assert.Empty(_world.Handled);
        _world.Advance(0.5);
        Assert.Single(_world.Handled);
    }

    [Fact]
    public void Taken_and_lost_shards_are_told()
    {
        var held = new HashSet<int>();
        _world.StartAll("a", "b");
        var node = _world.Start("c", prepare: starting =>
        {
            starting.Sharding.Taken += shards => Assert.All(shards, shard => Assert.True(held.Add(shard) && starting.Owns(shard)));
            starting.Sharding.Lost += shards => Assert.All(shards, shard => Assert.True(held.Remove(shard) && !starting.Owns(shard)));
        });
        _world.Settle();
        Assert.Equal(Enumerable.Range(0, ClusterWorld.Shards).Where(node.Owns), held.Order());
        node.Pause();
        _world.Advance(2);
        node.Resume();
        _world.Settle();
        Assert.Equal(Enumerable.Range(0, ClusterWorld.Shards).Where(node.Owns), held.Order());
        _ = node.Cluster.LeaveAsync();
        _world.Advance(2);
        Assert.Empty(held);
    }

    [Fact]
    public void Epochs_are_those_of_the_store_and_owners_are_named()
    {
        _world.StartAll("a", "b");
        for (var shard = 0; shard < ClusterWorld.Shards; shard++)
        {
            var row = _world.Store.Find(shard)!.Value;
            var owner = _world[row.Owner!];
            var other = row.Owner == "a" ? B : A;
            Assert.Equal(row.Epoch, owner.Sharding.EpochOf(shard.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(-1, other.Sharding.EpochOf(shard));
            Assert.Equal(row.Owner, other.Sharding.OwnerOf(shard));
            Assert.Equal(row.Owner, owner.Sharding.OwnerOf(shard.ToString(CultureInfo.InvariantCulture)));
        }
        Assert.False(A.Sharding.Owns("not a number"));
        Assert.False(A.Sharding.Owns("128"));
        Assert.False(A.Sharding.Owns("-1"));
    }
}

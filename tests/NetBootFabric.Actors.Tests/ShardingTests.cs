namespace NetBootFabric.Actors.Tests;

public sealed class ShardingTests : VirtualTest
{
    private static readonly HashCodeMessageExtractor Extractor = HashCodeMessageExtractor.Create(10, static message => (message as To)?.Id, static message => message is To to ? to.Message : message);

    private readonly TestKit.TestProbe _life;

    public ShardingTests() => _life = CreateTestProbe();

    private sealed record To(string Id, object Message);

    private sealed record Rest;

    private sealed class Entity : ReceiveActor
    {
        private int _count;

        public Entity(string id, IActorRef probe)
        {
            probe.Tell("started " + id);
            Receive<string>(text => text == "path", _ => Sender.Tell(Self.Path.ToStringWithoutAddress()));
            Receive<string>(text => text == "stop", _ => Context.Stop(Self));
            Receive<Rest>(_ => Context.Parent.Tell(new Passivate(new Stop())));
            Receive<Stop>(_ => Context.Stop(Self));
            Receive<int>(number => Sender.Tell((id, number, ++_count)));
        }
    }

    private IActorRef Region(ClusterShardingSettings? settings = null) => ClusterSharding.Get(Sys).Start(
        "thing", id => Props.Create(() => new Entity(id, _life.Ref)), settings ?? ClusterShardingSettings.Create(Sys), Extractor,
        ClusterSharding.Get(Sys).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(Sys)), new Stop());

    private IActorRef Ledgers() => ClusterSharding.Get(Sys).Start(
        "ledger", id => Props.Create(() => new Ledger(id, _life.Ref)), ClusterShardingSettings.Create(Sys), Extractor,
        ClusterSharding.Get(Sys).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(Sys)), new Stop());

    // Reckoned apart from this code, from the definition of the hash.
    [Theory]
    [InlineData("", 89)]
    [InlineData("a", 17)]
    [InlineData("ab", 31)]
    [InlineData("52:54:00:77:00:01", 17)]
    [InlineData("525400770001", 62)]
    public void Shards_are_those_of_the_other_engine(string id, int shard) =>
        Assert.Equal(shard.ToString(), HashCodeMessageExtractor.Create(100, _ => id).ShardId(id));

    [Fact]
    public void The_first_message_starts_the_entity()
    {
        var region = Region();
        region.Tell(new To("a", 1));
        region.Tell(new To("a", 2));
        region.Tell(new ShardingEnvelope("b", 3));
        Assert.Equal([("a", 1, 1), ("a", 2, 2), ("b", 3, 1)], ReceiveN(3).Cast<(string, int, int)>().Order());
    }

    [Fact]
    public void An_entity_lives_at_the_path_of_its_shard_with_its_id_encoded()
    {
        Region().Tell(new To("a b/c", "path"));
        ExpectMsg($"/system/sharding/thing/{Extractor.ShardId("a b/c")}/a%20b%2Fc");
    }

    [Fact]
    public void Starting_a_type_twice_gives_the_same_region()
    {
        Assert.Same(Region(), Region());
        Assert.Same(Region(), ClusterSharding.Get(Sys).ShardRegion("thing"));
        Assert.Throws<InvalidOperationException>(() => ClusterSharding.Get(Sys).ShardRegion("other"));
    }

    [Fact]
    public void A_message_for_no_entity_is_dropped()
    {
        Sys.EventStream.Subscribe<DeadLetter>(TestActor);
        Region().Tell("for nobody");
        ExpectMsg<DeadLetter>(letter => Assert.Equal("for nobody", letter.Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Passivation_loses_no_message_and_keeps_their_order(int seed)
    {
        var random = new Random(seed);
        var region = Region();
        for (var i = 0; i < 200; i++)
        {
            region.Tell(new To("a", i));
            if (random.Next(5) == 0) region.Tell(new To("a", new Rest()));
            for (var steps = random.Next(12); steps > 0; steps--) Runtime.Dispatcher.RunOne();
        }
        Assert.Equal(Enumerable.Range(0, 200), ReceiveN(200).Cast<(string, int Number, int)>().Select(answer => answer.Number));
        Assert.True(_life.ReceiveWhile<string>(_ => true, TimeSpan.FromSeconds(1)).Count > 3, "it was passivated several times");
    }

    [Fact]
    public void An_entity_at_rest_is_started_again_by_the_next_message()
    {
        var region = Region();
        region.Tell(new To("a", 1));
        region.Tell(new To("a", new Rest()));
        Runtime.RunUntilIdle();
        Assert.Empty(ResultOf(region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance)).Shards);
        region.Tell(new To("a", 2));
        Assert.Equal([("a", 1, 1), ("a", 2, 1)], ReceiveN(2));
    }

    [Fact]
    public void Idle_entities_are_passivated_and_used_ones_stay()
    {
        var region = Region(ClusterShardingSettings.Create(Sys).WithPassivateIdleAfter(TimeSpan.FromMinutes(1)));
        region.Tell(new To("idle", 1));
        for (var i = 0; i < 10; i++)
        {
            region.Tell(new To("used", i));
            Runtime.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(i < 6 ? 2 : i > 7 ? 1 : Entities(region), Entities(region));
        }
    }

    [Fact]
    public void An_idle_time_of_zero_passivates_nothing()
    {
        var region = Region(ClusterShardingSettings.Create(Sys).WithPassivateIdleAfter(TimeSpan.Zero));
        region.Tell(new To("a", 1));
        Runtime.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, Entities(region));
    }

    [Fact]
    public void Stats_count_entities_by_shard()
    {
        var region = Region();
        foreach (var id in new[] { "a", "b", "c" }) region.Tell(new To(id, 1));
        Runtime.RunUntilIdle();
        var stats = ResultOf(region.Ask<ClusterShardingStats>(new GetClusterShardingStats(TimeSpan.FromSeconds(1))));
        Assert.Equal(3, Assert.Single(stats.Regions).Value.Stats.Values.Sum());
        var state = ResultOf(region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance));
        Assert.Equal(["a", "b", "c"], state.Shards.SelectMany(shard => shard.EntityIds).Order());
    }

    [Fact]
    public void A_failed_write_gives_no_answer_and_the_next_message_recovers()
    {
        var region = Ledgers();
        region.Tell(new To("a", new Put("x")));
        ExpectMsg("kept x 1");
        Store.Fault = _ => new IOException("disk full");
        var ask = region.Ask(new To("a", new Put("y")), TimeSpan.FromSeconds(2));
        Runtime.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<AskTimeoutException>(ask.Exception!.InnerException);
        Store.Fault = null;
        region.Tell(new To("a", new Put("y")));
        ExpectMsg("kept y 2");
        region.Tell(new To("a", new Show()));
        ExpectMsg("x,y");
    }

    [Fact]
    public void A_shutdown_lets_entities_finish_what_they_persist()
    {
        Store.Delay = TimeSpan.FromSeconds(1);
        var region = Ledgers();
        for (var i = 0; i < 5; i++) region.Tell(new To("a", new Put(i.ToString())));
        Runtime.RunUntilIdle();
        var end = Sys.Terminate();
        Assert.True(Runtime.RunUntil(() => end.IsCompleted, TimeSpan.FromSeconds(30)));
        using var next = ActorSystem.Create("next", new EmbeddedSetup { Dispatcher = Runtime.Dispatcher, TimeProvider = Runtime.TimeProvider, JournalStore = Store });
        Assert.Equal("0,1,2,3,4", Runtime.Run(() => next.ActorOf(Props.Create<Ledger>("a", next.IgnoreRef)).Ask<string>(new Show()), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void An_entity_that_can_not_be_made_drops_its_messages_and_is_tried_again()
    {
        var works = false;
        var region = ClusterSharding.Get(Sys).Start("thing", id => works ? Props.Create(() => new Entity(id, _life.Ref)) : throw new InvalidOperationException("not yet"), ClusterShardingSettings.Create(Sys), Extractor);
        region.Tell(new To("a", 1));
        ExpectNoMsg();
        works = true;
        region.Tell(new To("a", 2));
        ExpectMsg(("a", 2, 1));
    }

    private int Entities(IActorRef region) =>
        ResultOf(region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance)).Shards.Sum(shard => shard.EntityIds.Count);
}

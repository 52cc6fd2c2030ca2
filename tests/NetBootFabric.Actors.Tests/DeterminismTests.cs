namespace NetBootFabric.Actors.Tests;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    public void The_same_seed_gives_the_same_run(int seed) => Assert.Equal(Trace(seed), Trace(seed));

    [Fact]
    public void Another_seed_gives_another_run() => Assert.NotEqual(Trace(1), Trace(2));

    [Fact]
    public void Two_systems_run_in_one_thread()
    {
        var thread = Environment.CurrentManagedThreadId;
        var runtime = new DeterministicRuntime(7);
        var setup = new EmbeddedSetup { Dispatcher = runtime.Dispatcher, TimeProvider = runtime.TimeProvider };
        using var one = ActorSystem.Create("one", setup);
        using var two = ActorSystem.Create("two", setup);
        var threads = new HashSet<int>();
        var echo = two.ActorOf(Props.Of(() => new Inline((context, message) =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            context.Sender.Tell(message);
        })));
        var answer = runtime.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromHours(1), runtime.TimeProvider);
            threads.Add(Environment.CurrentManagedThreadId);
            return await echo.Ask<string>("there and back");
        }, TimeSpan.FromHours(2));
        Assert.Equal("there and back", answer);
        Assert.Equal([thread], threads);
    }

    [Fact]
    public void Timers_due_at_one_instant_ring_in_the_order_they_were_set()
    {
        var clock = new VirtualTimeProvider();
        var rung = new List<int>();
        foreach (var i in Enumerable.Range(0, 5)) clock.CreateTimer(_ => rung.Add(i), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        while (clock.Step(TimeSpan.FromSeconds(1))) { }
        Assert.Equal([0, 1, 2, 3, 4], rung);
    }

    [Fact]
    public void A_changed_or_disposed_timer_does_not_ring_at_its_old_time()
    {
        var clock = new VirtualTimeProvider();
        var rung = new List<TimeSpan>();
        var changed = clock.CreateTimer(_ => rung.Add(clock.Elapsed), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var disposed = clock.CreateTimer(_ => rung.Add(clock.Elapsed), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        changed.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        while (clock.Step(TimeSpan.FromSeconds(10))) { }
        Assert.Equal([TimeSpan.FromSeconds(3)], rung);
        Assert.Equal(TimeSpan.FromSeconds(10), clock.Elapsed);
    }

    [Fact]
    public void Work_that_never_ends_is_reported()
    {
        var runtime = new DeterministicRuntime(1);
        var system = ActorSystem.Create("loop", new EmbeddedSetup { Dispatcher = runtime.Dispatcher, TimeProvider = runtime.TimeProvider });
        system.ActorOf(Props.Of(() => new Inline((context, message) => context.Self.Tell(message)))).Tell("round");
        Assert.Throws<InvalidOperationException>(() => runtime.RunUntilIdle(maxSteps: 10_000));
    }

    /// <summary>Persistent sharded entities that talk to each other with timers and failing writes; every answer in the order it came.</summary>
    private static string Trace(int seed)
    {
        var runtime = new DeterministicRuntime(seed);
        var writes = 0;
        var store = new InMemoryJournalStore(runtime.TimeProvider) { Delay = TimeSpan.FromMilliseconds(1), Fault = _ => ++writes % 17 == 0 ? new IOException() : null };
        var system = ActorSystem.Create("trace", new EmbeddedSetup { Dispatcher = runtime.Dispatcher, TimeProvider = runtime.TimeProvider, JournalStore = store });
        var extractor = HashCodeMessageExtractor.Create(4, _ => null);
        var lines = new List<string>();
        var client = system.ActorOf(Props.Of(() => new Inline((_, message) => lines.Add($"{runtime.TimeProvider.Elapsed.Ticks} {message}"))));
        var region = ClusterSharding.Get(system).Start("ledger", id => Props.Create<Ledger>(id, client), ClusterShardingSettings.Create(system).WithPassivateIdleAfter(TimeSpan.FromSeconds(1)), extractor);
        for (var i = 0; i < 200; i++)
        {
            region.Tell(new ShardingEnvelope($"e{i % 7}", i % 3 == 0 ? new PutAsync($"{i}") : new Put($"{i}")), client);
            if (i % 10 == 0) runtime.Advance(TimeSpan.FromMilliseconds(i));
        }
        runtime.Advance(TimeSpan.FromSeconds(10));
        Assert.True(lines.Count > 150);
        return string.Join('\n', lines);
    }
}

namespace NetBootFabric.Actors.Tests;

public sealed class PersistenceTests : VirtualTest
{
    private readonly TestKit.TestProbe _life;

    public PersistenceTests() => _life = CreateTestProbe();

    private IActorRef Start(string id = "a") => Sys.ActorOf(Props.Create<Ledger>(id, _life.Ref));

    [Fact]
    public void A_handler_runs_only_after_the_commit()
    {
        Store.Holds = true;
        var actor = Start();
        actor.Tell(new Put("x"));
        Runtime.Advance(TimeSpan.FromMinutes(1));
        Assert.False(HasMessages);
        Assert.Equal(1, Store.Pending);
        Store.Release();
        ExpectMsg("kept x 1");
    }

    [Fact]
    public void State_is_recovered_from_the_journal()
    {
        var first = Start();
        first.Tell(new Put("x"));
        first.Tell(new PutAll("y", "z"));
        ReceiveN(3);
        StopAndWait(first);
        Start().Tell(new Show());
        ExpectMsg("x,y,z");
        Assert.Equal("recovered 3 at 3", _life.FishForMessage<string>(text => text != "recovered 0 at 0" && text != "stopped"));
    }

    [Fact]
    public void Commands_wait_while_a_persist_is_under_way_and_keep_their_order()
    {
        Store.Delay = TimeSpan.FromSeconds(1);
        var actor = Start();
        actor.Tell(new Put("x"));
        actor.Tell(new Show());
        actor.Tell(new Put("y"));
        actor.Tell(new Show());
        Assert.Equal(["kept x 1", "x", "kept y 2", "x,y"], ReceiveN(4));
    }

    [Fact]
    public void PersistAsync_lets_commands_go_on()
    {
        Store.Delay = TimeSpan.FromSeconds(1);
        var actor = Start();
        actor.Tell(new PutAsync("x"));
        actor.Tell(new PutAsync("y"));
        actor.Tell(new Show());
        Assert.Equal(["asked x", "asked y", "", "kept x 1", "kept y 2"], ReceiveN(5));
    }

    [Fact]
    public void What_gathers_during_a_write_goes_into_one_append()
    {
        Store.Holds = true;
        var actor = Start();
        for (var i = 0; i < 20; i++) actor.Tell(new PutAsync(i.ToString()));
        Runtime.RunUntilIdle();
        Store.Holds = false;
        Store.Release();
        Runtime.RunUntilIdle();
        Assert.Equal(2, Store.Appends);
        actor.Tell(new Show());
        Assert.Equal(41, ReceiveN(41).Count);
        Assert.Equal(string.Join(',', Enumerable.Range(0, 20)), LastMessage);
    }

    [Fact]
    public void DeferAsync_runs_after_what_was_persisted_before()
    {
        Store.Delay = TimeSpan.FromSeconds(1);
        var actor = Start();
        actor.Tell(new Defer("none before"));
        actor.Tell(new PutAsync("x"));
        actor.Tell(new Defer("after x"));
        Assert.Equal(["deferred none before", "asked x", "kept x 1", "deferred after x"], ReceiveN(4));
    }

    [Fact]
    public void Commands_during_recovery_run_after_it_in_order()
    {
        var first = Start();
        first.Tell(new Put("x"));
        StopAndWait(first);
        Store.RecoveryDelay = TimeSpan.FromSeconds(2);
        var second = Start();
        second.Tell(new Show());
        second.Tell(new Put("y"));
        second.Tell(new Show());
        Runtime.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(HasMessages);
        Assert.Equal(["x", "kept y 2", "x,y"], ReceiveN(3));
    }

    [Fact]
    public void A_failed_write_stops_the_actor_and_its_command_gets_no_answer()
    {
        var actor = Start();
        Watch(actor);
        Store.Fault = _ => new IOException("disk full");
        actor.Tell(new Put("x"));
        ExpectTerminated(actor);
        Assert.Equal(["recovered 0 at 0", "failed 1", "stopped"], _life.ReceiveN(3));
        ExpectNoMsg();
        Store.Fault = null;
        Start().Tell(new Show());
        ExpectMsg("");
    }

    [Fact]
    public void A_rejected_event_of_several_takes_the_others_with_it_and_leaves_no_gap()
    {
        var actor = Sys.ActorOf(Props.Create<Mixed>(TestActor));
        actor.Tell(new object[] { "a", new object(), "b" });
        actor.Tell(new object[] { "c" });
        Assert.Equal(["rejected a", "rejected System.Object", "rejected b", "kept c 1"], ReceiveN(4));
    }

    private sealed class Mixed : ReceivePersistentActor
    {
        private readonly IActorRef _probe;

        public Mixed(IActorRef probe)
        {
            _probe = probe;
            Command<object[]>(events => PersistAll(events, kept => probe.Tell($"kept {kept} {LastSequenceNr}")));
        }

        public override string PersistenceId => "mixed";

        protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => _probe.Tell($"rejected {@event}");
    }

    [Fact]
    public void A_persist_inside_a_handler_follows_what_was_persisted_before()
    {
        Store.Delay = TimeSpan.FromSeconds(1);
        var actor = Sys.ActorOf(Props.Create<Nesting>(TestActor));
        actor.Tell("a");
        actor.Tell("x");
        Assert.Equal(["a1", "b1", "a2 inner", "b2 inner", "x1", "y1", "x2 inner", "y2 inner"], ReceiveN(8, TimeSpan.FromSeconds(10)));
    }

    private sealed class Nesting : ReceivePersistentActor
    {
        public Nesting(IActorRef probe) => Command<string>(text => PersistAll([text, ((char)(text[0] + 1)).ToString()], outer =>
        {
            probe.Tell(outer + "1");
            Persist(outer + "2", inner => probe.Tell(inner + " inner"));
        }));

        public override string PersistenceId => "nesting";
    }

    [Fact]
    public void An_async_command_persists_what_it_gathered_when_it_ends()
    {
        var actor = Sys.ActorOf(Props.Create<Asking>(Sys.ActorOf(Props.Of(() => new Inline((context, _) => context.Sender.Tell("answer"))))));
        actor.Tell("question");
        actor.Tell("again");
        Assert.Equal(["kept answer 1", "kept answer 2"], ReceiveN(2));
    }

    private sealed class Asking : ReceivePersistentActor
    {
        public Asking(IActorRef other) => CommandAsync<string>(async text =>
        {
            var answer = await other.Ask<string>(text);
            Persist(answer, kept => Sender.Tell($"kept {kept} {LastSequenceNr}"));
        });

        public override string PersistenceId => "asking";
    }

    [Fact]
    public void An_event_without_a_serializer_is_rejected_and_the_actor_goes_on()
    {
        var actor = Start();
        actor.Tell(new PutUnknown());
        actor.Tell(new Put("x"));
        ExpectMsg("kept x 1");
        Assert.Equal(["recovered 0 at 0", "rejected"], _life.ReceiveN(2));
    }

    [Fact]
    public void An_exception_in_a_handler_restarts_recovers_and_keeps_the_commands_behind()
    {
        Store.Delay = TimeSpan.FromSeconds(1);
        var actor = Start();
        actor.Tell(new PutThenFail("x"));
        actor.Tell(new Show());
        ExpectMsg("x");
        Assert.Equal(["recovered 0 at 0", "stopped", "recovered 1 at 1"], _life.ReceiveN(3));
    }

    [Fact]
    public void Commands_held_behind_a_persist_run_in_order_once_it_is_committed()
    {
        Store.Holds = true;
        var actor = Start();
        actor.Tell(new PutAsync("x"));
        actor.Tell(new Put("y"));
        actor.Tell(new Put("z"));
        Runtime.RunUntilIdle();
        Store.Release();
        Assert.Equal(["asked x", "kept x 1", "kept y 2", "kept z 3"], ReceiveN(4));
    }

    [Fact]
    public void An_event_that_can_not_be_replayed_stops_the_actor_each_time()
    {
        var first = Start();
        first.Tell(new Put("poison"));
        ExpectMsg("kept poison 1");
        StopAndWait(first);
        for (var i = 0; i < 2; i++)
        {
            var next = Start();
            Watch(next);
            ExpectTerminated(next);
        }
        Assert.Equal(2, _life.ReceiveWhile<string>(_ => true, TimeSpan.FromSeconds(1)).Count(text => text == "not recovered: can't be replayed"));
    }

    [Fact]
    public void A_store_that_can_not_recover_stops_the_actor()
    {
        Store.RecoveryFault = _ => new IOException("no disk");
        var actor = Start();
        Watch(actor);
        ExpectTerminated(actor);
        Assert.Equal(["not recovered: no disk", "stopped"], _life.ReceiveN(2));
    }

    [Fact]
    public void A_store_that_does_not_answer_fails_the_recovery()
    {
        Store.Crash();
        var actor = Start();
        Watch(actor);
        ExpectTerminated(actor, TimeSpan.FromSeconds(31));
    }

    [Fact]
    public void Recovery_starts_from_the_snapshot()
    {
        var first = Start();
        first.Tell(new PutAll("x", "y"));
        first.Tell(new Save());
        first.Tell(new Put("z"));
        ReceiveN(3);
        Assert.Equal("saved 2", _life.FishForMessage<string>(text => text.StartsWith("saved")));
        first.Tell(new Trim());
        Assert.Equal("deleted to 3", _life.FishForMessage<string>(text => text.StartsWith("deleted")));
        StopAndWait(first);
        Start().Tell(new Show());
        ExpectMsg("x,y");
        Assert.Equal("recovered 2 at 3", _life.FishForMessage<string>(text => text.StartsWith("recovered 2")));
    }

    [Fact]
    public void PoisonPill_overtakes_the_commands_that_wait_behind_a_persist()
    {
        Store.Delay = TimeSpan.FromSeconds(1);
        var actor = Start();
        Watch(actor);
        for (var i = 0; i < 5; i++) actor.Tell(new Put(i.ToString()));
        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(actor);
        ExpectNoMsg(TimeSpan.FromSeconds(10));
        Start().Tell(new Show());
        ExpectMsg("0");
    }

    [Fact]
    public void A_stop_message_of_its_own_waits_its_turn()
    {
        Store.Delay = TimeSpan.FromSeconds(1);
        var actor = Start();
        Watch(actor);
        for (var i = 0; i < 5; i++) actor.Tell(new Put(i.ToString()));
        actor.Tell(new Stop());
        Assert.Equal(["kept 0 1", "kept 1 2", "kept 2 3", "kept 3 4", "kept 4 5"], ReceiveN(5, TimeSpan.FromSeconds(10)));
        ExpectTerminated(actor);
    }

    [Fact]
    public void Recoveries_at_one_time_are_limited_and_all_come_to_their_turn()
    {
        Store.RecoveryDelay = TimeSpan.FromSeconds(1);
        for (var i = 0; i < 120; i++) Start($"many{i}");
        foreach (var ended in new[] { 50, 50, 20 })
        {
            Assert.Equal(ended, _life.ReceiveWhile<string>(text => text == "recovered 0 at 0", TimeSpan.FromSeconds(1)).Count);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_crash_of_the_store_loses_nothing_that_was_answered(int seed)
    {
        var runtime = new DeterministicRuntime(seed);
        var store = new InMemoryJournalStore(runtime.TimeProvider) { Delay = TimeSpan.FromMilliseconds(3) };
        var setup = new EmbeddedSetup { Dispatcher = runtime.Dispatcher, TimeProvider = runtime.TimeProvider, JournalStore = store };
        var node = ActorSystem.Create("one", setup);
        var answers = new List<string>();
        var actors = Enumerable.Range(0, 5).Select(i => node.ActorOf(Props.Create<Ledger>($"l{i}", node.IgnoreRef))).ToList();
        var client = node.ActorOf(Props.Of(() => new Inline((_, message) => answers.Add((string)message))));
        for (var i = 0; i < 100; i++) actors[i % 5].Tell(new Put($"{i % 5}/{i}"), client);
        runtime.Advance(TimeSpan.FromMilliseconds(20 + seed));
        var disk = store.Crash();
        Assert.InRange(answers.Count, 1, 99);

        var survivor = ActorSystem.Create("two", setup with { JournalStore = disk });
        for (var i = 0; i < 5; i++)
        {
            var texts = runtime.Run(() => survivor.ActorOf(Props.Create<Ledger>($"l{i}", survivor.IgnoreRef)).Ask<string>(new Show()), TimeSpan.FromSeconds(1)).Split(',');
            var kept = answers.Select(answer => answer.Split(' ')[1]).Where(text => text.StartsWith($"{i}/"));
            Assert.Empty(kept.Except(texts));
        }
    }

    private void StopAndWait(IActorRef actor)
    {
        Watch(actor);
        actor.Tell(new Stop());
        FishForMessage<Terminated>(terminated => terminated.ActorRef.Equals(actor));
    }
}

namespace NetBootFabric.Actors.Tests;

public sealed class StashTests : VirtualTest
{
    private sealed class Door : ReceiveActor, IWithUnboundedStash
    {
        public Door(IActorRef probe)
        {
            Receive<string>(text => text == "open", _ =>
            {
                Become(() =>
                {
                    Receive<string>(text => text == "close", _ => throw new InvalidOperationException("closed"));
                    ReceiveAny(probe.Tell);
                });
                Stash.UnstashAll();
            });
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("fail"));
            Receive<string>(text => text == "twice", _ =>
            {
                Stash.Stash();
                probe.Tell(Assert.Throws<IllegalActorStateException>(Stash.Stash).GetType().Name);
            });
            ReceiveAny(_ =>
            {
                try
                {
                    Stash.Stash();
                }
                catch (StashOverflowException)
                {
                    probe.Tell("full at " + Stash.Count);
                }
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private IActorRef Start(int capacity = 100) => Sys.ActorOf(Props.Create<Door>(TestActor).WithStashCapacity(capacity));

    [Fact]
    public void Stashed_messages_come_back_in_order_before_the_rest()
    {
        var door = Start();
        foreach (var message in new object[] { 1, 2, "open", 3 }) door.Tell(message);
        Assert.Equal([1, 2, 3], ReceiveN(3).Cast<int>());
    }

    [Fact]
    public void A_stash_holds_no_more_than_its_capacity()
    {
        var door = Start(capacity: 2);
        for (var i = 0; i < 4; i++) door.Tell(i);
        Assert.Equal(["full at 2", "full at 2"], ReceiveN(2));
        door.Tell("open");
        Assert.Equal([0, 1], ReceiveN(2).Cast<int>());
    }

    [Fact]
    public void A_message_is_stashed_once_only()
    {
        Start().Tell("twice");
        ExpectMsg(nameof(IllegalActorStateException));
    }

    [Fact]
    public void A_restart_brings_the_stashed_messages_back_to_the_mailbox()
    {
        var door = Start();
        foreach (var message in new object[] { 1, 2, "fail", "open" }) door.Tell(message);
        Assert.Equal([1, 2], ReceiveN(2).Cast<int>());
    }

    [Fact]
    public void A_stop_turns_the_stashed_messages_into_dead_letters()
    {
        Sys.EventStream.Subscribe<DeadLetter>(TestActor);
        var door = Start();
        door.Tell(1);
        door.Tell(PoisonPill.Instance);
        ExpectMsg<DeadLetter>(letter => Assert.Equal(1, letter.Message));
    }

    [Fact]
    public void A_persistent_actor_puts_off_no_more_than_the_set_up_allows()
    {
        var store = new InMemoryJournalStore(Runtime.TimeProvider) { Holds = true };
        using var small = ActorSystem.Create("small", new EmbeddedSetup { Dispatcher = Runtime.Dispatcher, TimeProvider = Runtime.TimeProvider, JournalStore = store, StashCapacity = 3 });
        small.EventStream.Subscribe<DeadLetter>(TestActor);
        var ledger = small.ActorOf(Props.Create<Ledger>("a", small.IgnoreRef));
        for (var i = 0; i < 6; i++) ledger.Tell(new Put(i.ToString()));
        Assert.Equal(["4", "5"], ReceiveN(2).Select(letter => ((Put)((DeadLetter)letter).Message).Text));
        store.Release();
        Assert.Equal(["kept 0 1", "kept 1 2", "kept 2 3", "kept 3 4"], ReceiveN(4));
    }
}

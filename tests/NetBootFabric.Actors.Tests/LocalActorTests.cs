namespace NetBootFabric.Actors.Tests;

public sealed class LocalActorTests : VirtualTest
{
    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Switch : ReceiveActor
    {
        public Switch()
        {
            Receive<string>(text => text == "on", _ => Become(On));
            Receive<string>(_ => Sender.Tell("off"));
        }

        private void On()
        {
            Receive<string>(text => text == "stack", _ => BecomeStacked(() => Receive<string>(_ =>
            {
                Sender.Tell("stacked");
                UnbecomeStacked();
            })));
            Receive<string>(_ => Sender.Tell("on"));
        }
    }

    [Fact]
    public void A_tell_from_a_test_comes_from_its_test_actor()
    {
        var echo = Sys.ActorOf<Echo>();
        echo.Tell("hello");
        ExpectMsgFrom(echo, "hello");
    }

    [Fact]
    public void Messages_of_one_sender_arrive_in_order()
    {
        var probe = CreateTestProbe();
        var relay = Sys.ActorOf(Props.Of(() => new Inline((_, message) => probe.Tell(message))));
        for (var i = 0; i < 500; i++) relay.Tell(i);
        Assert.Equal(Enumerable.Range(0, 500), probe.ReceiveN(500).Cast<int>());
    }

    [Fact]
    public void Become_replaces_and_unbecome_brings_back()
    {
        var actor = Sys.ActorOf<Switch>();
        foreach (var text in new[] { "a", "on", "b", "stack", "c", "d" }) actor.Tell(text);
        Assert.Equal(["off", "on", "stacked", "on"], ReceiveN(4));
    }

    [Fact]
    public void A_null_message_is_refused_at_the_sender() => Assert.Throws<ArgumentNullException>(() => TestActor.Tell(null!));

    [Fact]
    public void Forward_keeps_the_sender()
    {
        var echo = Sys.ActorOf<Echo>();
        var relay = Sys.ActorOf(Props.Of(() => new Inline((_, message) => echo.Forward(message))));
        relay.Tell("hello");
        ExpectMsgFrom(echo, "hello");
    }

    [Fact]
    public void A_message_without_a_handler_is_published()
    {
        Sys.EventStream.Subscribe<UnhandledMessage>(TestActor);
        Sys.ActorOf<Switch>().Tell(17);
        ExpectMsg<UnhandledMessage>(unhandled => Assert.Equal(17, unhandled.Message));
    }

    [Fact]
    public void A_message_to_a_stopped_actor_is_a_dead_letter()
    {
        var echo = Sys.ActorOf<Echo>();
        Watch(echo);
        echo.Tell(PoisonPill.Instance);
        ExpectTerminated(echo);
        Sys.EventStream.Subscribe<DeadLetter>(TestActor);
        echo.Tell("late");
        ExpectMsg<DeadLetter>(letter => Assert.Equal(("late", echo), (letter.Message, letter.Recipient)));
    }

    [Fact]
    public void Names_are_unique_among_siblings()
    {
        Sys.ActorOf<Echo>("one");
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf<Echo>("one"));
    }

    [Theory]
    [InlineData("$a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a%2")]
    [InlineData("")]
    public void A_name_that_is_no_path_element_is_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf<Echo>(name));

    [Fact]
    public void A_name_is_free_again_after_the_end()
    {
        var first = Sys.ActorOf<Echo>("one");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        Runtime.RunUntilIdle();
        var second = Sys.ActorOf<Echo>("one");
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Paths_show_the_tree()
    {
        var reporter = Sys.ActorOf(Props.Create(() => new Reporter(TestActor)), "parent");
        Assert.Equal("akka://test/user/parent", reporter.Path.ToString());
        var child = ResultOf(reporter.Ask<IActorRef>(Props.Create<Echo>()));
        Assert.Equal("/user/parent/child", child.Path.ToStringWithoutAddress());
    }

    [Fact]
    public void A_selection_finds_actors_by_path()
    {
        var echo = Sys.ActorOf<Echo>("echo");
        Assert.Equal(echo, ResultOf(Sys.ActorSelection("/user/echo").ResolveOne(TimeSpan.FromSeconds(1))));
        Sys.ActorSelection("/user/echo").Tell("hello", TestActor);
        ExpectMsg("hello");
    }

    [Fact]
    public void A_props_expression_that_makes_nothing_new_is_refused() =>
        Assert.Throws<InvalidCastException>(() => Props.Create(() => Made()));

    private static Echo Made() => new();

    [Fact]
    public void Constructor_arguments_are_evaluated_once()
    {
        var calls = 0;
        int Next() => ++calls;
        var props = Props.Create<Counted>(Next());
        var actor = Sys.ActorOf(props);
        actor.Tell(Fail.Now);
        actor.Tell("number");
        ExpectMsg(1);
        Assert.Equal(1, calls);
    }

    private sealed class Counted : ReceiveActor
    {
        public Counted(int number)
        {
            Receive<Fail>(fail => throw fail.Cause);
            Receive<string>(_ => Sender.Tell(number));
        }
    }

    [Fact]
    public void An_actor_made_with_new_is_refused()
    {
        var outer = ActorCell.SetCurrent(null);
        Assert.Throws<ActorInitializationException>(() => new Echo());
        ActorCell.SetCurrent(outer);
    }

    [Fact]
    public void A_full_mailbox_makes_dead_letters_and_keeps_what_it_has()
    {
        using var small = ActorSystem.Create("small", new EmbeddedSetup { Dispatcher = Runtime.Dispatcher, TimeProvider = Runtime.TimeProvider, MailboxCapacity = 3 });
        var lost = new List<object>();
        small.EventStream.Subscribe<DeadLetter>(small.ActorOf(Props.Of(() => new Inline((_, message) => lost.Add(((DeadLetter)message).Message)))));
        var got = new List<object>();
        var actor = small.ActorOf(Props.Of(() => new Inline((_, message) => got.Add(message))));
        for (var i = 0; i < 5; i++) actor.Tell(i);
        Runtime.RunUntilIdle();
        Assert.Equal([0, 1, 2], got.Cast<int>());
        Assert.Equal([3, 4], lost.Cast<int>());
    }
}

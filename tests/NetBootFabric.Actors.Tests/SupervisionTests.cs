namespace NetBootFabric.Actors.Tests;

public sealed class SupervisionTests : VirtualTest
{
    private IActorRef Child(Func<Exception, Directive> decider, Props props, int retries = -1, int withinMilliseconds = -1)
    {
        var supervisor = Sys.ActorOf(Props.Create(() => new Supervisor(new OneForOneStrategy(retries, withinMilliseconds, decider, true))), "supervisor");
        return ResultOf(supervisor.Ask<IActorRef>(props));
    }

    private Props Reporting => Props.Create<Reporter>(TestActor);

    [Fact]
    public void Restart_keeps_the_mailbox_and_drops_the_failed_message()
    {
        var actor = Sys.ActorOf(Reporting);
        actor.Tell(1);
        actor.Tell(Fail.Now);
        actor.Tell(2);
        actor.Tell("count");
        Assert.Equal(["constructor", "PreStart", 1, "PreRestart", "PostStop", "constructor", "PostRestart", "PreStart", 2, 1], ReceiveN(10));
    }

    [Fact]
    public void Resume_keeps_the_state()
    {
        var actor = Child(_ => Directive.Resume, Reporting);
        actor.Tell(1);
        actor.Tell(Fail.Now);
        actor.Tell("count");
        Assert.Equal(["constructor", "PreStart", 1, 1], ReceiveN(4));
    }

    [Fact]
    public void Stop_ends_the_child_and_its_mail_becomes_dead_letters()
    {
        var actor = Child(_ => Directive.Stop, Reporting);
        ReceiveN(2);
        Watch(actor);
        actor.Tell(Fail.Now);
        actor.Tell(1);
        Assert.Equal("PostStop", ReceiveOne());
        ExpectTerminated(actor);
        ExpectNoMsg();
    }

    [Fact]
    public void Escalate_lets_the_supervisor_fail_and_its_restart_stops_the_child()
    {
        var actor = Child(_ => Directive.Escalate, Reporting);
        ReceiveN(2);
        Watch(actor);
        actor.Tell(Fail.Now);
        Assert.Equal("PostStop", ReceiveOne());
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_constructor_that_throws_stops_the_actor()
    {
        var actor = Sys.ActorOf(Props.Create<Broken>());
        Watch(actor);
        ExpectTerminated(actor);
    }

    private sealed class Broken : ReceiveActor
    {
        public Broken() => throw new InvalidOperationException("no");
    }

    [Fact]
    public void Resuming_a_child_that_could_not_be_made_tries_again()
    {
        var failures = 2;
        var actor = Child(_ => Directive.Resume, Props.Of(() => failures-- > 0 ? throw new InvalidOperationException("not yet") : new Reporter(TestActor)));
        actor.Tell(1);
        Assert.Equal(["constructor", "PreStart", 1], ReceiveN(3));
    }

    [Fact]
    public void Kill_stops_by_the_default_strategy()
    {
        var actor = Sys.ActorOf(Reporting);
        Watch(actor);
        ReceiveN(2);
        actor.Tell(Kill.Instance);
        Assert.Equal("PostStop", ReceiveOne());
        ExpectTerminated(actor);
    }

    [Fact]
    public void The_failed_message_and_its_sender_are_seen_in_PreRestart()
    {
        var actor = Sys.ActorOf(Props.Create<Resender>());
        actor.Tell("once");
        ExpectMsg("once again");
    }

    private sealed class Resender : ReceiveActor
    {
        private static readonly HashSet<object> Failed = [];

        public Resender() => Receive<string>(text =>
        {
            if (Failed.Add(text)) throw new InvalidOperationException("first time");
            Sender.Tell(text + " again");
        });

        protected override void PreRestart(Exception reason, object message) => Self.Tell(message, Sender);
    }

    [Fact]
    public void More_restarts_than_allowed_in_the_window_stop_the_child()
    {
        IgnoreMessages<string>();
        var actor = Child(_ => Directive.Restart, Reporting, retries: 2, withinMilliseconds: 1000);
        Watch(actor);
        for (var i = 0; i < 3; i++) actor.Tell(Fail.Now);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Restarts_far_apart_are_counted_anew()
    {
        IgnoreMessages<string>();
        var actor = Child(_ => Directive.Restart, Reporting, retries: 1, withinMilliseconds: 1000);
        for (var i = 0; i < 5; i++)
        {
            actor.Tell(Fail.Now);
            Runtime.Advance(TimeSpan.FromSeconds(2));
        }
        actor.Tell(7);
        ExpectMsg(7);
    }

    [Fact]
    public void A_restart_waits_until_the_children_have_stopped()
    {
        var actor = Sys.ActorOf(Reporting);
        var child = ResultOf(actor.Ask<IActorRef>(Props.Create<Reporter>(CreateTestProbe().Ref)));
        Watch(child);
        actor.Tell(Fail.Now);
        var again = ResultOf(actor.Ask<IActorRef>(Props.Create<Reporter>(CreateTestProbe().Ref)));
        Assert.Equal(child.Path, again.Path);
        Assert.NotEqual(child, again);
    }

    [Fact]
    public void A_failing_actor_handles_nothing_until_its_parent_has_decided()
    {
        var actor = Sys.ActorOf(Reporting);
        actor.Tell(Fail.Now);
        actor.Tell(1);
        Assert.Equal(["constructor", "PreStart", "PreRestart", "PostStop", "constructor", "PostRestart", "PreStart", 1], ReceiveN(8));
    }

    [Fact]
    public void Stopping_a_parent_stops_the_children_first()
    {
        var parent = Sys.ActorOf(Props.Create<Reporter>(CreateTestProbe().Ref), "parent");
        var child = ResultOf(parent.Ask<IActorRef>(Reporting));
        ReceiveN(2);
        Watch(child);
        Watch(parent);
        parent.Tell(PoisonPill.Instance);
        Assert.Equal("PostStop", ReceiveOne());
        ExpectTerminated(child);
        ExpectTerminated(parent);
    }
}

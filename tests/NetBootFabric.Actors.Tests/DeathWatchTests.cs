namespace NetBootFabric.Actors.Tests;

public sealed class DeathWatchTests : VirtualTest
{
    private static Props Idle => Props.Of(() => new Inline((_, _) => { }));

    [Fact]
    public void A_watcher_of_an_actor_that_is_gone_hears_so_at_once()
    {
        var actor = Sys.ActorOf(Idle);
        Sys.Stop(actor);
        Runtime.RunUntilIdle();
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Watching_twice_gives_one_notice()
    {
        var actor = Sys.ActorOf(Idle);
        Watch(actor);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        ExpectNoMsg();
    }

    [Fact]
    public void Unwatch_takes_back_a_notice_that_waits_in_the_mailbox()
    {
        var subject = Sys.ActorOf(Idle);
        var watcher = Sys.ActorOf(Props.Create<Watcher>(subject, TestActor));
        Runtime.RunUntilIdle();
        watcher.Tell("unwatch while the subject dies");
        ExpectMsg("unwatched");
        ExpectNoMsg();
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef subject, IActorRef probe)
        {
            Context.Watch(subject);
            Receive<string>(_ =>
            {
                Context.Stop(subject);
                Self.Tell(1);
            });
            Receive<int>(number => number < 50, number => Self.Tell(number + 1));
            Receive<int>(_ =>
            {
                Context.Unwatch(subject);
                probe.Tell("unwatched");
            });
            Receive<Terminated>(_ => { });
        }
    }

    [Fact]
    public void A_notice_that_is_not_handled_fails_the_watcher()
    {
        var subject = Sys.ActorOf(Idle);
        var watcher = Sys.ActorOf(Props.Create<Careless>(subject));
        Watch(watcher);
        Sys.Stop(subject);
        ExpectTerminated(watcher);
    }

    private sealed class Careless : ReceiveActor
    {
        public Careless(IActorRef subject) => Context.Watch(subject);
    }

    [Fact]
    public void WatchWith_sends_the_message_given()
    {
        var subject = Sys.ActorOf(Idle);
        var watcher = Sys.ActorOf(Props.Of(() => new Inline((context, message) =>
        {
            if (message is IActorRef other) context.WatchWith(other, "gone");
            else TestActor.Tell(message);
        })));
        watcher.Tell(subject);
        Runtime.RunUntilIdle();
        Sys.Stop(subject);
        ExpectMsg("gone");
    }

    [Fact]
    public void GracefulStop_completes_with_the_end()
    {
        var actor = Sys.ActorOf(Idle);
        Assert.True(ResultOf(actor.GracefulStop(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void GracefulStop_of_an_actor_that_stays_is_cancelled()
    {
        var stop = Runtime.Start(() => Sys.ActorOf(Idle).GracefulStop(TimeSpan.FromSeconds(1), "please"));
        Runtime.Advance(TimeSpan.FromSeconds(2));
        Assert.True(stop.IsCanceled);
    }

    [Fact]
    public void A_probe_can_be_watched()
    {
        var probe = CreateTestProbe();
        Watch(probe);
        Sys.Stop(probe);
        ExpectTerminated(probe);
    }
}

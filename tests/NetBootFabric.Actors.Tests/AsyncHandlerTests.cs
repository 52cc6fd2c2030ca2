namespace NetBootFabric.Actors.Tests;

public sealed class AsyncHandlerTests : VirtualTest
{
    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(IActorRef probe, IActorRef other)
        {
            ReceiveAsync<string>(async text =>
            {
                var sender = Sender;
                var answer = await other.Ask<int>(text);
                Assert.Equal(sender, Sender);
                Assert.Equal(Self, Context.Self);
                probe.Tell((text, answer));
            });
            ReceiveAsync<Fail>(async fail =>
            {
                await other.Ask<int>("");
                throw fail.Cause;
            });
            Receive<int>(number => probe.Tell(number));
        }
    }

    private IActorRef Actor()
    {
        var answers = Sys.ActorOf(Props.Of(() => new Inline((context, message) => context.Sender.Tell(((string)message).Length))));
        return Sys.ActorOf(Props.Create<Awaiting>(TestActor, answers));
    }

    [Fact]
    public void The_mailbox_rests_until_an_async_handler_has_ended()
    {
        var actor = Actor();
        actor.Tell("abc");
        actor.Tell(1);
        Assert.Equal([("abc", 3), 1], ReceiveN(2));
    }

    [Fact]
    public void A_failing_async_handler_restarts_the_actor()
    {
        var actor = Actor();
        actor.Tell(Fail.Now);
        actor.Tell(1);
        ExpectMsg(1);
    }

    [Fact]
    public void An_actor_that_waits_in_an_async_handler_can_be_stopped()
    {
        var actor = Sys.ActorOf(Props.Create<Awaiting>(TestActor, Sys.IgnoreRef));
        actor.Tell("for ever");
        Runtime.RunUntilIdle();
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }
}

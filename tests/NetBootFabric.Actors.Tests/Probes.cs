namespace NetBootFabric.Actors.Tests;

/// <summary>An actor made of one function: context, message.</summary>
internal sealed class Inline(Action<IActorContext, object> receive) : UntypedActor
{
    protected override void OnReceive(object message) => receive(Context, message);
}

internal sealed record Fail(Exception Cause)
{
    public static Fail Now => new(new InvalidOperationException("told to"));
}

/// <summary>Reports each step of its life to a probe, counts its messages and fails when told to.</summary>
internal sealed class Reporter : ReceiveActor
{
    private readonly IActorRef _probe;
    private int _count;

    public Reporter(IActorRef probe)
    {
        _probe = probe;
        _probe.Tell("constructor");
        Receive<Fail>(fail => throw fail.Cause);
        Receive<int>(number =>
        {
            _count++;
            _probe.Tell(number);
        });
        Receive<string>(text => text == "count", _ => Sender.Tell(_count));
        Receive<Props>(props => Sender.Tell(Context.ActorOf(props, "child")));
    }

    protected override void PreStart() => _probe.Tell("PreStart");

    protected override void PostStop() => _probe.Tell("PostStop");

    protected override void PreRestart(Exception reason, object message)
    {
        _probe.Tell("PreRestart");
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        _probe.Tell("PostRestart");
        base.PostRestart(reason);
    }
}

/// <summary>Supervises children by the decider it was given.</summary>
internal sealed class Supervisor : ReceiveActor
{
    private readonly SupervisorStrategy _strategy;

    public Supervisor(SupervisorStrategy strategy)
    {
        _strategy = strategy;
        Receive<Props>(props => Sender.Tell(Context.ActorOf(props, "child")));
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;
}

namespace NetBootFabric.Actors.TestKit;

/// <summary>Puts what it gets into the queue that the test reads.</summary>
internal sealed class TestActor(TestActorState state) : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case WatchRequest watch:
                Context.Watch(watch.Subject);
                Sender.Tell(Done.Instance, Self);
                return true;
            case UnwatchRequest unwatch:
                Context.Unwatch(unwatch.Subject);
                Sender.Tell(Done.Instance, Self);
                return true;
            case SpawnRequest spawn:
                Sender.Tell(Context.ActorOf(spawn.Props, spawn.Name), Self);
                return true;
            default:
                if (!state.Ignores(message)) state.Queue.Add(new MessageEnvelope(message, Sender));
                return true;
        }
    }
}

internal sealed record WatchRequest(IActorRef Subject);

internal sealed record UnwatchRequest(IActorRef Subject);

internal sealed record SpawnRequest(Props Props, string? Name);

/// <summary>What the test and its actor share.</summary>
internal sealed class TestActorState
{
    private volatile Func<object, bool>? _ignore;

    public MessageQueue Queue { get; } = new();

    public void Ignore(Func<object, bool>? ignore) => _ignore = ignore;

    public bool Ignores(object message) => _ignore?.Invoke(message) == true;
}

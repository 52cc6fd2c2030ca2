namespace NetBootFabric.Actors.Actor;

/// <summary>Actors by path. Looked up anew with each message; what has no actor goes to dead letters.</summary>
public class ActorSelection : ICanTell
{
    private readonly InternalActorRef _anchor;

    internal ActorSelection(ActorSystemImpl system, InternalActorRef anchor, IReadOnlyList<string> path)
    {
        System = system;
        _anchor = anchor;
        Path = path;
    }

    internal ActorSystemImpl System { get; }

    public IActorRef Anchor => _anchor;
    public IReadOnlyList<string> Path { get; }
    public string PathString => "/" + string.Join('/', Path);

    public void Tell(object message, IActorRef? sender) => System.Find(_anchor, Path).Tell(message, sender ?? ActorCell.Current?.Self);

    public async Task<IActorRef> ResolveOne(TimeSpan timeout)
    {
        var identity = await this.Ask<ActorIdentity>(new Identify(PathString), timeout);
        return identity.Subject ?? throw new ActorNotFoundException($"No actor at {this}");
    }

    public override string ToString() => $"ActorSelection[Anchor({_anchor.Path}), Path({PathString})]";
}

public class ActorNotFoundException(string message) : AkkaException(message);

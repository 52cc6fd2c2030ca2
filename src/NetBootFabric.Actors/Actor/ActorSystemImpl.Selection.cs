namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorSystemImpl
{
    public override ActorSelection ActorSelection(ActorPath actorPath) => new(this, _root, actorPath.Elements);

    public override ActorSelection ActorSelection(string actorPath) => Select(_root, actorPath);

    /// <summary>An absolute path (<c>/user/a</c>, <c>akka://system/user/a</c>) or one relative to <paramref name="from"/> (<c>../a</c>).</summary>
    public ActorSelection Select(InternalActorRef from, string path)
    {
        var address = SelfAddress.ToString();
        if (path.StartsWith(address, StringComparison.Ordinal)) path = path[address.Length..];
        var anchor = path.StartsWith('/') ? _root : from;
        return new ActorSelection(this, anchor, path.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    public InternalActorRef? ParentOf(InternalActorRef actor) => actor is LocalActorRef local ? local.Cell.ParentRef : null;

    public InternalActorRef? ChildOf(InternalActorRef actor, string name)
    {
        if (ReferenceEquals(actor, _root)) return name switch { "user" => _userGuardian, "system" => _systemGuardian, _ => null };
        return (actor as LocalActorRef)?.Cell.ChildOrNull(name);
    }
}

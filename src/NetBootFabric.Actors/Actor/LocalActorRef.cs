namespace NetBootFabric.Actors.Actor;

/// <summary>The reference of an actor in this process. It stays the same over restarts.</summary>
internal class LocalActorRef : InternalActorRef
{
    private readonly ActorPath _path;

    public LocalActorRef(ActorSystemImpl system, ActorPath path, Props props, InternalActorRef parent)
    {
        _path = path;
        Cell = new ActorCell(system, this, props, parent);
    }

    public ActorCell Cell { get; }

    public override ActorPath Path => _path;

    public override ActorSystemImpl System => Cell.SystemImpl;

    public override bool IsTerminated => Cell.IsTerminated;

    public override void Tell(object message, IActorRef? sender) => Cell.Enqueue(message, sender);

    public override void SendSystemMessage(SystemMessage message) => Cell.Enqueue(message);
}

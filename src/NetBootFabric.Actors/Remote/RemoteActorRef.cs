namespace NetBootFabric.Actors.Remote;

/// <summary>The reference of an actor of another member. Nothing is known of its life: a watch of it is never answered.</summary>
internal sealed class RemoteActorRef(ActorSystemImpl system, ActorPath path) : InternalActorRef
{
    public override ActorPath Path => path;

    public override ActorSystemImpl System => system;

    public override void Tell(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (system.Remoting?.Tell(path, message, sender) != true) system.PublishDeadLetter(new DeadLetter(message, sender ?? system.DeadLetters, this));
    }

    public override void SendSystemMessage(SystemMessage message) { }
}

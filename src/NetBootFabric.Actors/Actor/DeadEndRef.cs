namespace NetBootFabric.Actors.Actor;

/// <summary>A reference behind which no actor lives: dead letters, or the target that swallows everything.</summary>
internal sealed class DeadEndRef(ActorSystemImpl system, ActorPath path, bool publishes) : InternalActorRef
{
    public override ActorPath Path => path;
    public override ActorSystemImpl System => system;
    public override bool IsTerminated => true;

    public override void Tell(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (publishes) system.PublishDeadLetter(message as DeadLetter ?? new DeadLetter(message, sender ?? this, this));
    }

    public override void SendSystemMessage(SystemMessage message)
    {
        if (message is Watch watch) watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false));
    }
}

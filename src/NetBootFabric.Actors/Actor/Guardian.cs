namespace NetBootFabric.Actors.Actor;

/// <summary>/user and /system: they only have children.</summary>
internal sealed class Guardian : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}

/// <summary>The parent of the guardians. It has no mailbox.</summary>
internal sealed class RootActorRef(ActorSystemImpl system, ActorPath path) : InternalActorRef
{
    public override ActorPath Path => path;
    public override ActorSystemImpl System => system;

    public override void Tell(object message, IActorRef? sender) => system.PublishDeadLetter(new DeadLetter(message, sender ?? system.DeadLetters, this));

    public override void SendSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification death: system.GuardianStopped(death.Actor); break;
            case Failed failed: system.GuardianFailed(failed.Cause); break;
        }
    }
}

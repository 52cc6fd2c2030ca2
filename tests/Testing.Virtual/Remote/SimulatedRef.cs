namespace NetBootFabric.Testing.Virtual;

/// <summary>An actor of another host. It can be told something; whether it is there, nobody knows.</summary>
internal sealed class SimulatedRef(SimulatedHost from, IActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public override bool IsLocal => false;

    protected override void TellInternal(object message, IActorRef sender) => from.Send(path, message, sender);
}

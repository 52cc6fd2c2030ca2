namespace NetBootFabric.Cluster;

/// <summary>Stands for the clients' region in whichever actor system there is at the moment: one that was downed is followed by another, and who tells clients something need not know.</summary>
public sealed class RegionRef : MinimalActorRef
{
    private volatile IActorRef _region = ActorRefs.Nobody;

    public override ActorPath Path => _region.Path;

    public override IActorRefProvider Provider => ((IInternalActorRef)_region).Provider;

    /// <summary>What is told from now on goes there. Until the first time it goes nowhere.</summary>
    public void LeadTo(IActorRef region) => _region = region;

    protected override void TellInternal(object message, IActorRef sender) => _region.Tell(message, sender);
}

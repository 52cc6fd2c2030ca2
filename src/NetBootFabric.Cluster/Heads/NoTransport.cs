using Akka.Remote.Transport;

namespace NetBootFabric.Cluster.Heads;

/// <summary>The transport of a head node that is alone: it has an address, which a cluster of one needs, and neither listens nor reaches anybody.</summary>
public sealed class NoTransport : Transport
{
    private readonly Address _self;

    public NoTransport(ActorSystem system, Akka.Configuration.Config config)
    {
        (System, Config) = (system, config);
        SchemeIdentifier = "alone";
        MaximumPayloadBytes = 128_000;
        _self = new Address(SchemeIdentifier, system.Name, "localhost", 1);
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen() =>
        Task.FromResult((_self, new TaskCompletionSource<IAssociationEventListener>(TaskCreationOptions.RunContinuationsAsynchronously)));

    public override bool IsResponsibleFor(Address remote) => true;

    public override Task<AssociationHandle> Associate(Address remoteAddress) =>
        Task.FromException<AssociationHandle>(new InvalidAssociationException($"a head node that is alone reaches nobody, {remoteAddress} neither"));

    public override Task<bool> Shutdown() => Task.FromResult(true);
}

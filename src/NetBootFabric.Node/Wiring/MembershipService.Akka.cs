using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

/// <summary>What this head node is among others: alone as yet, a cluster of one.</summary>
internal sealed class MembershipService(NodeOptions options) : Subsystem
{
    /// <summary>Null: this head node is alone.</summary>
    public FabricMembership? Membership => null;

    public override Task StartAsync(CancellationToken cancellationToken) => options.Cluster is null
        ? Task.CompletedTask
        : throw new SocketSetupException("cluster: several head nodes need the embedded engine: build without ActorEngine=Akka, or leave 'cluster' out", Errno.None);

    /// <summary>What the actor system has of being alone or one of several: asked for each one that is built.</summary>
    public IAkkaPart Part => new LonePart();
}

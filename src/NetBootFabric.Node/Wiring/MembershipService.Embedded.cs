using Microsoft.Extensions.Logging;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

/// <summary>What this head node is among others: alone, or a member. On the embedded engine the actor system comes with it.</summary>
internal sealed class MembershipService(NodeOptions options, StoreService store, TimeProvider time, ILoggerFactory logs, ILogger log) : Subsystem
{
    /// <summary>Null: this head node is alone.</summary>
    public FabricMembership? Membership { get; private set; }

    public ClusterParts? Parts { get; private set; }

    public ActorSystem System { get; private set; } = null!;

    /// <exception cref="SocketSetupException">The others can't be listened for.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Parts = ClusterParts.Open(options, time);
        if (Parts is not null) Closing(Parts);
        var system = System = Engine.Create(store.Store, time, logs.CreateLogger("actors"), Parts);
        Closing(async () => await system.Terminate());
        if (Parts is null) return Task.CompletedTask;
        log.Listening("the other head nodes", Parts.Setup.Identity.Address);
        Membership = new FabricMembership(System);
        return Task.CompletedTask;
    }
}

using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Membership;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Cluster.Sharding;

namespace NetBootFabric.Cluster;

/// <summary>Starts the shard region that the clients' actors live in.</summary>
public static class FabricRegion
{
    public const string TypeName = "client";

    /// <summary>Head nodes with this role own clients.</summary>
    public const string Role = "head";

    /// <summary>A head node without the role passes messages on, and hosts nobody.</summary>
    /// <remarks>Clients passivate themselves, since only they know whether a silence is awaited.</remarks>
    public static IActorRef Start(ActorSystem system, FabricServices services)
    {
        var sharding = ClusterSharding.Get(system);
        var settings = ClusterShardingSettings.Create(system).WithPassivateIdleAfter(TimeSpan.Zero).WithRole(Role);
        var extractor = new ClientMessageExtractor();
        var state = MembershipExtension.Of(system);
        if (!Akka.Cluster.Cluster.Get(system).SelfRoles.Contains(Role)) return sharding.StartProxy(TypeName, Role, extractor);
        var region = sharding.Start(
            TypeName,
            entityId => PropsOf(entityId, services),
            settings,
            extractor,
            state is null ? sharding.DefaultShardAllocationStrategy(settings) : new PlannedAllocation(system, state),
            StopClient.Instance);
        Watch(system, services, region);
        return region;
    }

    /// <summary>Starts what looks at clients whose time has come, once in each actor system.</summary>
    public static void Watch(ActorSystem system, FabricServices services, IActorRef region) => system.ActorOf(Props.Create(() => new ClientWatch(services, region)), "client-watch");

    public static Props PropsOf(string entityId, FabricServices services) =>
        ClientMessageExtractor.IsStarter(entityId) ? Props.Create(() => new ShardStarter()) : Props.Create(typeof(BootClient), entityId, services);
}

using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster;

/// <summary>Starts the shard region that the clients' actors live in.</summary>
public static class FabricRegion
{
    public const string TypeName = "client";

    /// <summary>Head nodes with this role own clients.</summary>
    public const string Role = "head";

    /// <remarks>Clients passivate themselves, since only they know whether a silence is awaited.</remarks>
    public static IActorRef Start(ActorSystem system, FabricServices services)
    {
        var sharding = ClusterSharding.Get(system);
        var settings = ClusterShardingSettings.Create(system).WithPassivateIdleAfter(TimeSpan.Zero).WithRole(Role);
        var extractor = new ClientMessageExtractor();
        var region = sharding.Start(
            TypeName,
            entityId => PropsOf(entityId, services),
            settings,
            extractor,
            sharding.DefaultShardAllocationStrategy(settings),
            StopClient.Instance);
        Watch(system, services, region);
        return region;
    }

    /// <summary>Starts what looks at clients whose time has come, once in each actor system.</summary>
    public static void Watch(ActorSystem system, FabricServices services, IActorRef region) => system.ActorOf(Props.Create(() => new ClientWatch(services, region)), "client-watch");

    public static Props PropsOf(string entityId, FabricServices services) => Props.Create(typeof(BootClient), entityId, services);
}

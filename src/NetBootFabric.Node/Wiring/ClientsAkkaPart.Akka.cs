using Akka.Cluster.Hosting;
using Akka.Hosting;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Node.Wiring;

/// <summary>The region of the clients' actors, and the desk that their answers come back to.</summary>
internal sealed class ClientsAkkaPart(FabricServices services, RegionRef region, DhcpLane lane) : IAkkaPart
{
    /// <remarks>Clients passivate themselves, since only they know whether a silence is awaited.</remarks>
    public void Configure(AkkaConfigurationBuilder akka) => akka
        .WithShardRegion<BootClient>(FabricRegion.TypeName, (_, _, _) => client => FabricRegion.PropsOf(client, services), new ClientMessageExtractor(), new ShardOptions
        {
            Role = FabricRegion.Role,
            StateStoreMode = StateStoreMode.DData,
            ShouldPassivateIdleEntities = false,
            HandOffStopMessage = StopClient.Instance,
        })
        .WithActors((system, actors) =>
        {
            lane.OpenDesk(system);
            region.LeadTo(actors.Get<BootClient>());
        });
}

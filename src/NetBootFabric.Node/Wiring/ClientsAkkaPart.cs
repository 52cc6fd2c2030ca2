using Akka.Hosting;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Cluster.Sharding;

namespace NetBootFabric.Node.Wiring;

/// <summary>The region of the clients' actors, and the desk that their answers come back to.</summary>
internal sealed class ClientsAkkaPart(FabricServices services, Ledgers ledgers, RegionRef region, DhcpLane lane) : IAkkaPart
{
    public void Configure(AkkaConfigurationBuilder akka) => akka
        .AddSetup(new ShardLeaseSetup(new LoneLeases(ledgers)))
        .WithActors((system, actors) =>
        {
            ledgers.Start(system);
            var clients = FabricRegion.Start(system, services);
            actors.Register<BootClient>(clients);
            lane.OpenDesk(system);
            region.LeadTo(clients);
        });
}

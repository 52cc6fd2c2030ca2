using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Lanes;

namespace NetBootFabric.Node.Wiring;

internal sealed partial class ActorService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        FollowClients();
        Ledgers.Start(cluster.System);
        KeepHistory();
        Region = FabricRegion.Start(cluster.System, Services());
        Lane = new DhcpLane(cluster.System, Region, time, cluster.Membership, Unanswered);
        return Task.CompletedTask;
    }
}

using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Lanes;

namespace NetBootFabric.Node.Wiring;

internal sealed partial class ActorService
{
    public ActorHost Host { get; private set; } = null!;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        FollowClients();
        var region = new RegionRef();
        Region = region;
        Lane = new DhcpLane(region, time, cluster.Membership, Unanswered);
        Host = new ActorHost([new EnginePart(), new JournalPart(options.Store), cluster.Part, new ClientsAkkaPart(Services(), Ledgers, region, Lane), new OverridePart(options.AkkaSettings)], logs, time);
        Closing(Host.DisposeAsync);
        await Host.StartAsync(cancellationToken);
        KeepHistory();
    }
}

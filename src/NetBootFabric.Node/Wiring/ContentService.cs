using NetBootFabric.Boot.Storms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Content;
using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Wiring;

/// <summary>What clients may load, by whom they are.</summary>
internal sealed class ContentService(NodeOptions options, RoomKeeper rooms, LeaseService leases, ClientBoard board, MembershipService cluster, ActorService actors, StoreService store, BootTurns turns, TimeProvider time) : Subsystem
{
    public BootContentSource Source { get; private set; } = null!;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var clients = new ClientDirectory(rooms, leases.Book, board, time, cluster.Membership, cluster.Membership is null ? null : actors.Region, store.Store);
        Source = Closing(new BootContentSource(new BootContentOptions(options.Files), rooms, clients, time, turns));
        return Task.CompletedTask;
    }
}

using System.Diagnostics.Metrics;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Metrics;

namespace NetBootFabric.Node.Wiring;

/// <summary>What a head node tells of itself in figures.</summary>
internal sealed class GaugeService(NodeOptions options, Meter meter, ClientBoard board, LeaseService leases, RoomKeeper rooms, StoreService store, ActorService actors, DhcpListening dhcp, HostAdvice advice, FileServers servers, BootTurns turns, CatalogService catalog, MembershipService cluster, TimeProvider time) : Subsystem
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        ProcessGauges.Create(meter);
        _ = new FabricGauges(meter, new GaugeSources
        {
            Node = options.Node,
            Engine = Engine.Name,
            Board = board,
            Leases = leases.Book,
            Rooms = rooms,
            Store = store.Store,
            Lane = actors.Lane,
            Time = time,
            DhcpDrops = () => dhcp.Server.Drops,
            Warnings = () => advice.Troubles.Count(),
            Uplink = () => servers.Describe(turns.Waiting),
            CatalogRevision = () => catalog.Keeper.Current.Revision,
            Membership = cluster.Membership,
        });
        return Task.CompletedTask;
    }
}

using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>Nodes, groups and profiles, read from the store.</summary>
internal sealed class CatalogService(NodeOptions options, StoreService store, RoomKeeper rooms, LeasesInForce leases, ILogger log) : Subsystem
{
    public CatalogKeeper Keeper { get; private set; } = null!;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Keeper = Closing(new CatalogKeeper(store.Store, options.Room, options.Catalog, room => rooms.Apply(room, leases.Book), log.ConfigurationWarning));
        await Keeper.LoadAsync(cancellationToken);
        var held = Keeper.Current;
        log.CatalogLoaded(held.Revision, held.Nodes.Count, held.Groups.Count, held.Profiles.Count);
    }
}

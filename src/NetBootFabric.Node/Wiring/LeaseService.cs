using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>The lease book once it was read: what asks for it earlier has to do without.</summary>
internal sealed class LeasesInForce(RoomKeeper rooms, TimeProvider time)
{
    public LeaseBook? Book { get; set; }

    public bool IsKnown(MacAddress client) => rooms.Current.NodeOf(client) is not null || Book?.Find(client) is not null;

    public MacAddress? HolderOf(Ipv4Address address) => Book is { } book ? rooms.Current.HolderOf(address, book, time.GetUtcNow()) : null;
}

/// <summary>Reads the leases from the store.</summary>
internal sealed class LeaseService(StoreService store, RoomKeeper rooms, MembershipService cluster, LeasesInForce leases, TimeProvider time) : Subsystem
{
    public LeaseBook Book => leases.Book!;

    public override async Task StartAsync(CancellationToken cancellationToken) =>
        leases.Book = await LeaseBook.OpenAsync(store.Store, rooms.Current, cancellationToken, cluster.Membership, time);
}

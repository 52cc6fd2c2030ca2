using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>Who a client is, from memory: the room, the lease book and the board.</summary>
public sealed class ClientDirectory(IRoomSource rooms, ILeaseBook leases, ClientBoard board, TimeProvider time) : IClientLookup
{
    public ValueTask<BootTarget?> FindAsync(MacAddress client, CancellationToken cancellation)
    {
        var room = rooms.Current;
        var node = room.NodeOf(client);
        var state = board.Find(client);
        if (node is null && state is null && leases.Find(client) is null) return default;
        var address = node?.Address ?? RunningLease(client);
        var intent = state?.IntentOf(node) ?? node?.Intent ?? BootIntent.Always;
        return new(TargetResolution.Resolve(room, client, address, intent));
    }

    public ValueTask<BootTarget?> FindAsync(Ipv4Address address, CancellationToken cancellation)
    {
        var holder = rooms.Current.FixedAddresses.TryGetValue(address, out var client) ? client : leases.Find(address, time.GetUtcNow())?.Client;
        return holder is { } known ? FindAsync(known, cancellation) : default;
    }

    private Ipv4Address? RunningLease(MacAddress client) => leases.Find(client) is { } lease && lease.IsRunning(time.GetUtcNow()) ? lease.Address : null;
}

using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>Who a client is: from memory, the room, the lease book and the board; of a client that is another head node's, that one is asked.</summary>
/// <param name="ownership">Null: this head node is alone.</param>
/// <param name="region">Whom to ask; null when alone.</param>
/// <param name="store">Where leases are when the one to ask can't be reached; null when alone.</param>
public sealed class ClientDirectory(IRoomSource rooms, ILeaseBook leases, ClientBoard board, TimeProvider time, IShardOwnership? ownership = null, IActorRef? region = null, ILeaseStore? store = null) : IClientLookup
{
    /// <summary>A script is better late, or by what is known here, than never.</summary>
    private static readonly TimeSpan AskTime = TimeSpan.FromMilliseconds(700);

    public ValueTask<BootTarget?> FindAsync(MacAddress client, CancellationToken cancellation) =>
        region is null || ownership is null || ownership.Owns(ownership.ShardOf(client)) ? new(Find(client, board.Find(client))) : AskAsync(client, region);

    private async ValueTask<BootTarget?> AskAsync(MacAddress client, IActorRef owner)
    {
        try
        {
            return Find(client, await owner.Ask<ClientState>(new GetClient(client), AskTime));
        }
        catch (AskTimeoutException)
        {
            return Find(client, null) ?? await FromStoreAsync(client);
        }
    }

    /// <summary>Its head node is not reached from here, while the client reaches both.</summary>
    private async ValueTask<BootTarget?> FromStoreAsync(MacAddress client)
    {
        if (store is null || ownership is null) return null;
        var read = new TaskCompletionSource<LeaseInventory?>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Load([ownership.ShardOf(client)], inventory => read.SetResult(inventory));
        if ((await read.Task)?.Leases.Where(lease => lease.Client == client).MaxBy(static lease => lease.ExpiresAt) is not { } found || !found.IsRunning(time.GetUtcNow())) return null;
        (leases as ILeaseReplica)?.Learn(new LeaseNews { Granted = found });
        return Find(client, null);
    }

    private BootTarget? Find(MacAddress client, ClientState? state)
    {
        var room = rooms.Current;
        var node = room.NodeOf(client);
        if (node is null && state?.Current is null && leases.Find(client) is null) return null;
        var address = AddressOf(state) ?? node?.Address ?? RunningLease(client) ?? (state?.Current is { Address.IsAny: false } boot ? boot.Address : null);
        return TargetResolution.Resolve(room, client, address, BootPlan.Of(room, node, state));
    }

    public ValueTask<BootTarget?> FindAsync(Ipv4Address address, CancellationToken cancellation) =>
        rooms.Current.HolderOf(address, leases, time.GetUtcNow()) is { } known ? FindAsync(known, cancellation) : default;

    /// <summary>What its boot got: a machine may have another address in another subnet.</summary>
    private Ipv4Address? AddressOf(ClientState? state) =>
        state?.Current is { Address.IsAny: false } boot && leases.Find(state.Mac, boot.Address)?.IsRunning(time.GetUtcNow()) == true ? boot.Address : null;

    private Ipv4Address? RunningLease(MacAddress client)
    {
        var now = time.GetUtcNow();
        foreach (var lease in leases.All(client))
            if (lease.IsRunning(now)) return lease.Address;
        return null;
    }
}

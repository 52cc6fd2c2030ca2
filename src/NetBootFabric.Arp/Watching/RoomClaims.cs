using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>
/// Claims by the room's fixed addresses and pools and the leases of this node. All head nodes hear a machine; the one that owns it knows what it has and judges,
/// so that no lease is taken for an intrusion whose news is still on its way.
/// </summary>
/// <param name="ownership">Null: this head node is alone.</param>
public sealed class RoomClaims(IRoomSource rooms, ILeaseBook leases, HostAddresses host, IShardOwnership? ownership = null) : IAddressClaims
{
    public AddressClaim Of(MacAddress machine, Ipv4Address address, DateTimeOffset now)
    {
        if (host.IsOurs(address)) return AddressClaim.Ours;
        leases.Seen(address);
        if (ownership?.Owns(ownership.ShardOf(machine)) == false) return AddressClaim.Foreign;
        var room = rooms.Current;
        if (room.Service == DhcpService.Proxy) return AddressClaim.Foreign; // somebody else gives the addresses
        if (room.HolderOf(address, leases, now) is { } holder) return machine == holder || room.IsOwner(machine, address) ? AddressClaim.Rightful : AddressClaim.SomebodyElses;
        if (!IsInPool(room, address)) return AddressClaim.Foreign;
        return leases.Find(machine, address) is not null ? AddressClaim.Expired : AddressClaim.Vacant;
    }

    private static bool IsInPool(Room room, Ipv4Address address)
    {
        foreach (var subnet in room.Subnets)
            foreach (var range in subnet.Ranges)
                if (range.Contains(address)) return true;
        return false;
    }
}

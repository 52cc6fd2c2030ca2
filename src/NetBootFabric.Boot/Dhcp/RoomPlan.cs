using System.Runtime.CompilerServices;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>The subnets of a room, prepared once and kept as long as the room.</summary>
internal sealed class RoomPlan
{
    private static readonly ConditionalWeakTable<Room, RoomPlan> Plans = [];

    /// <summary>In the order of their networks, which do not overlap.</summary>
    private readonly SubnetPlan[] _subnets;

    private RoomPlan(Room room) =>
        _subnets = [.. room.Subnets.OrderBy(subnet => subnet.Network.Address).Select(subnet => new SubnetPlan(subnet))];

    public static RoomPlan Of(Room room) => Plans.GetValue(room, static room => new RoomPlan(room));

    /// <summary>
    /// The subnet that the client is in: what the relay agent says with option 82.5 (RFC 3527), else with 118 (RFC 3011), else giaddr. A client that reaches us without a
    /// relay agent is in the subnet of the address that it has and renews, else in that of the interface which heard it.
    /// </summary>
    public SubnetPlan? SubnetFor(DhcpInquiry inquiry)
    {
        if (!inquiry.LinkSelection.IsAny) return Find(inquiry.LinkSelection);
        if (!inquiry.SubnetSelection.IsAny) return Find(inquiry.SubnetSelection);
        if (inquiry.IsRelayed) return Find(inquiry.RelayAddress);
        var own = inquiry.UsesItsAddress ? Find(inquiry.ClientAddress) : null;
        return own ?? Find(inquiry.Ingress.LocalAddress);
    }

    private SubnetPlan? Find(Ipv4Address address)
    {
        int low = 0, high = _subnets.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var network = _subnets[middle].Subnet.Network;
            if (network.Contains(address)) return _subnets[middle];
            if (network.Address.CompareTo(address) < 0) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }
}

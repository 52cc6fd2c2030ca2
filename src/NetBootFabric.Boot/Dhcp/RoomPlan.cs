using System.Collections.Frozen;
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

    private readonly FrozenDictionary<MacAddress, NodeEntry> _nodes;

    private RoomPlan(Room room) =>
        (_subnets, _nodes) = ([.. room.Subnets.OrderBy(subnet => subnet.Network.Address).Select(subnet => new SubnetPlan(subnet))], room.Nodes);

    public static RoomPlan Of(Room room) => Plans.GetValue(room, static room => new RoomPlan(room));

    /// <summary>
    /// The subnet that the client is in: what the relay agent says with option 82.5 (RFC 3527), else with 118 (RFC 3011), else giaddr. A client that reaches us without a
    /// relay agent is in the subnet of the address that it has and renews, else in that of the interface which heard it. Where several subnets share that wire, a node's
    /// fixed address says which of them it is.
    /// </summary>
    public SubnetPlan? SubnetFor(DhcpInquiry inquiry)
    {
        if (!inquiry.LinkSelection.IsAny) return OnWire(Find(inquiry.LinkSelection), inquiry.Client);
        if (!inquiry.SubnetSelection.IsAny) return Find(inquiry.SubnetSelection);
        if (inquiry.IsRelayed) return OnWire(Find(inquiry.RelayAddress), inquiry.Client);
        var own = inquiry.UsesItsAddress ? Find(inquiry.ClientAddress) : null;
        return own ?? OnWire(Find(inquiry.Ingress.LocalAddress), inquiry.Client);
    }

    private SubnetPlan? OnWire(SubnetPlan? heard, MacAddress client)
    {
        if (heard?.Subnet.Shared is not { } wire || !_nodes.TryGetValue(client, out var node) || node.AddressIn(heard.Subnet.Network) is not null) return heard;
        foreach (var address in node.Addresses)
            if (Find(address) is { } its && its.Subnet.Shared == wire) return its;
        return heard;
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

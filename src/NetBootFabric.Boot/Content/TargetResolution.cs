using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Content;

/// <summary>From what the operator said and what a client was given to what it is to boot.</summary>
public static class TargetResolution
{
    /// <summary>Null when there is no profile for the client.</summary>
    /// <param name="address">Its fixed address or its lease's; null when it has none here.</param>
    public static BootTarget? Resolve(Room room, MacAddress client, Ipv4Address? address, in BootPlan plan)
    {
        var node = room.NodeOf(client);
        if (plan.Profile is not { } profile) return null;
        var target = new BootTarget
        {
            Mac = client,
            Profile = profile,
            Intent = plan.Intent,
            Name = NameOf(node, client),
            Address = address is { } given ? AddressOf(room, given) : null,
            HttpPort = room.HttpPort,
        };
        return node is null ? target : target with { Variables = node.Variables };
    }

    /// <summary>The node entry's name, else one made of the MAC: a host name must not be empty.</summary>
    public static string NameOf(NodeEntry? node, MacAddress client) => node?.Name ?? $"c-{client.Value:x12}";

    private static BootAddress? AddressOf(Room room, Ipv4Address address)
    {
        if (room.SubnetOf(address) is not { } subnet) return null;
        Ipv4Address? router = subnet.Routers.IsEmpty ? null : subnet.Routers[0];
        return new BootAddress(address, subnet.Network.Mask, router, subnet.DnsServers);
    }
}

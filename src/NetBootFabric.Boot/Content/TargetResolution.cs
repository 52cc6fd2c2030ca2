using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Content;

/// <summary>From what the operator said and what a client was given to what it is to boot.</summary>
public static class TargetResolution
{
    /// <summary>Null when there is no profile for the client.</summary>
    /// <param name="address">Its fixed address or its lease's; null when it has none here.</param>
    /// <param name="intent">The node entry's intent, or <see cref="BootIntent.Local"/> once a single boot was served.</param>
    public static BootTarget? Resolve(Room room, MacAddress client, Ipv4Address? address, BootIntent intent)
    {
        var node = room.NodeOf(client);
        if (room.ProfileOf(node) is not { } profile) return null;
        var target = new BootTarget
        {
            Mac = client,
            Profile = profile,
            Intent = intent,
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

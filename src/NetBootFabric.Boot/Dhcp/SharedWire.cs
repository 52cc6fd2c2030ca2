using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>An interface with several addresses: several subnets on one wire.</summary>
public static class SharedWire
{
    /// <summary>
    /// The address of ours that <paramref name="client"/> is answered from: where it has a fixed address in the subnet of one of <paramref name="own"/>, that one, so that its server
    /// is in its own subnet; else <paramref name="heardBy"/>.
    /// </summary>
    public static Ipv4Address ServerFor(Room room, MacAddress client, Ipv4Address heardBy, IReadOnlyList<Ipv4Address> own)
    {
        if (room.NodeOf(client) is not { Addresses.IsEmpty: false } node || room.SubnetOf(heardBy) is { } heard && node.AddressIn(heard.Network) is not null) return heardBy;
        foreach (var address in own)
            if (room.SubnetOf(address) is { } subnet && node.AddressIn(subnet.Network) is not null) return address;
        return heardBy;
    }
}

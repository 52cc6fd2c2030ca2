using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>A subnet with the option values that are the same for all its clients, encoded once.</summary>
internal sealed class SubnetPlan(Subnet subnet)
{
    public Subnet Subnet { get; } = subnet;
    public DhcpOptionValue Mask { get; } = Address(DhcpOptions.SubnetMask.Code, subnet.Network.Mask);
    public DhcpOptionValue Broadcast { get; } = Address(DhcpOptions.BroadcastAddress.Code, subnet.Network.BroadcastAddress);
    public DhcpOptionValue? Routers { get; } = Addresses(DhcpOptions.Routers.Code, subnet.Routers);
    public DhcpOptionValue? DnsServers { get; } = Addresses(DhcpOptions.DnsServers.Code, subnet.DnsServers);
    public DhcpOptionValue? DomainName { get; } =
        string.IsNullOrEmpty(subnet.DomainName) ? null : new(DhcpOptions.DomainName.Code, Encoding.ASCII.GetBytes(subnet.DomainName));

    public static DhcpOptionValue Address(byte code, Ipv4Address address)
    {
        var octets = new byte[Ipv4Address.Size];
        address.Write(octets);
        return new(code, octets);
    }

    public static DhcpOptionValue Number(byte code, uint number)
    {
        var octets = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return new(code, octets);
    }

    private static DhcpOptionValue? Addresses(byte code, ImmutableArray<Ipv4Address> addresses)
    {
        if (addresses.IsDefaultOrEmpty) return null;
        var octets = new byte[addresses.Length * Ipv4Address.Size];
        for (var i = 0; i < addresses.Length; i++) addresses[i].Write(octets.AsSpan(i * Ipv4Address.Size));
        return new(code, octets);
    }
}

using System.Collections.Frozen;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Leases;

internal static class Rooms
{
    public static MacAddress Mac(int number) => new(0x5254_0000_0000 + (ulong)number);

    public static Ipv4Address Ip(string text) => Ipv4Address.Parse(text);

    /// <summary>A subnet with one range, <c>10.77.1.0-10.77.1.9</c> by default.</summary>
    public static Subnet Subnet(string first = "10.77.1.0", string last = "10.77.1.9") =>
        new() { Network = Ipv4Network.Parse("10.77.0.0/16"), Ranges = [new AddressRange(Ip(first), Ip(last))] };

    public static Room Of(Subnet subnet, params (Ipv4Address Address, MacAddress Client)[] fixedAddresses) => new()
    {
        Subnets = [subnet],
        FixedAddresses = fixedAddresses.ToFrozenDictionary(entry => entry.Address, entry => entry.Client),
    };
}

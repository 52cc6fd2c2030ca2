using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>Which address a client gets: the fixed one, else its lease's, else one that it wants and is free, else any free one.</summary>
internal static class AddressChoice
{
    /// <summary>Null: the pool is exhausted. A fixed address that somebody else uses gives way to the pool: the machine boots all the same.</summary>
    public static Ipv4Address? Offer(in DhcpCase it) =>
        OpenFixedAddress(it) ?? it.Context.Leases.Offer(it.Inquiry.Client, it.Subnet, it.Inquiry.RequestedAddress, it.Context.Now);

    /// <summary>Whether the client may have the address that it names.</summary>
    public static bool MayHave(in DhcpCase it, Ipv4Address address) => MayHave(it.Inquiry.Client, it.Subnet, it.Context, address);

    public static bool MayHave(MacAddress client, Subnet subnet, in DhcpContext context, Ipv4Address address) =>
        subnet.Network.Contains(address) && context.Leases.MayHave(client, address, context.Now);

    /// <summary>What it is to have by our records: its fixed address, or its running lease.</summary>
    public static Ipv4Address? Recorded(in DhcpCase it)
    {
        if (OpenFixedAddress(it) is { } given) return given;
        var lease = it.Context.Leases.Find(it.Inquiry.Client, it.Subnet);
        return lease is not null && lease.IsRunning(it.Context.Now) ? lease.Address : null;
    }

    private static Ipv4Address? OpenFixedAddress(in DhcpCase it) =>
        it.FixedAddress is { } given && it.Context.Leases.MayHave(it.Inquiry.Client, given, it.Context.Now) ? given : null;
}

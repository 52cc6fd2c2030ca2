using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Clients;

/// <summary>What it means for a boot that an inquiry gets no answer, with the evidence as it is at that moment.</summary>
public static class Dismissals
{
    /// <summary>Null: nothing is wrong with it.</summary>
    public static BootFailure? Explain(DhcpInquiry inquiry, DhcpDismissal reason, Room room, ILeaseBook leases, DateTimeOffset now) => reason switch
    {
        DhcpDismissal.PoolExhausted => Dhcp(FailureCause.PoolExhausted, Pool(inquiry, room, leases, now)),
        DhcpDismissal.UnknownClientIgnored => Dhcp(FailureCause.UnknownClient, $"{Subnet(inquiry, room)} ignores machines that no node entry names"),
        DhcpDismissal.NoBootFile => NothingToBoot(inquiry, room),
        DhcpDismissal.NoSubnet => Dhcp(FailureCause.NoSubnet, Origin(inquiry)),
        DhcpDismissal.StoreUnavailable => Dhcp(FailureCause.StoreUnavailable, $"its lease could not be written at {now:HH:mm:ss} UTC"),
        DhcpDismissal.AddressUnavailable => Dhcp(FailureCause.AddressInUse, Unavailable(inquiry, room, leases, now)),
        DhcpDismissal.OtherServerSelected => Dhcp(FailureCause.OtherServerSelected, inquiry.ServerIdentifier.ToString()),
        DhcpDismissal.NotAuthoritative => Dhcp(FailureCause.NotOnRecord, (inquiry.UsesItsAddress ? inquiry.ClientAddress : inquiry.RequestedAddress).ToString()),
        DhcpDismissal.Malformed => Dhcp(FailureCause.Unintelligible, $"{inquiry.Type.ToString().ToUpperInvariant()} without an address (no option 50, no ciaddr)"),
        _ => null,
    };

    private static BootFailure Dhcp(FailureCause cause, string detail) => new(BootStep.Dhcp, cause, detail);

    private static BootFailure NothingToBoot(DhcpInquiry inquiry, Room room)
    {
        var node = room.NodeOf(inquiry.Client);
        if (room.ProfileOf(node) is null) return Dhcp(FailureCause.NoProfile, node?.Profile ?? Profile.DefaultName);
        return Firmwares.Of(inquiry) == Firmware.Unsupported
            ? Dhcp(FailureCause.WrongFirmware, $"{inquiry.Architecture} ({(int)inquiry.Architecture})")
            : Dhcp(FailureCause.NoBootFile, "");
    }

    private static string Subnet(DhcpInquiry inquiry, Room room) => RoomPlan.Of(room).SubnetFor(inquiry) is { } plan ? plan.Subnet.Network.ToString() : "its subnet";

    private static string Pool(DhcpInquiry inquiry, Room room, ILeaseBook leases, DateTimeOffset now)
    {
        if (RoomPlan.Of(room).SubnetFor(inquiry)?.Subnet is not { } subnet) return "";
        var use = leases.Use(subnet, now);
        return use.Size == 0
            ? $"{subnet.Network} has no range, and no node entry gives this machine an address"
            : $"{subnet.Network} has a pool of {use.Size}: {use.Leased} leased, {use.Offered} offered, {use.Quarantined} in quarantine";
    }

    /// <summary>Of a node whose card was replaced, or that boots by another one, with the card that still has its address.</summary>
    private static string Unavailable(DhcpInquiry inquiry, Room room, ILeaseBook leases, DateTimeOffset now)
    {
        if (room.NodeOf(inquiry.Client)?.Address is { } own && leases.Find(own, now) is { } lease && lease.Client != inquiry.Client)
            return $"its address {own} is leased to {lease.Client} until {lease.ExpiresAt:yyyy-MM-dd HH:mm} UTC; when that card answers no ARP it is given at the next try, else end the lease: pbm lease end {own}";
        return $"it asks for {inquiry.RequestedAddress}, which it can't have now";
    }

    private static string Origin(DhcpInquiry inquiry) =>
        !inquiry.LinkSelection.IsAny ? $"the relay agent {inquiry.RelayAddress} asks for the subnet of {inquiry.LinkSelection}"
        : inquiry.IsRelayed ? $"it came through the relay agent {inquiry.RelayAddress}"
        : $"it was heard on {inquiry.Ingress.Interface} ({inquiry.Ingress.LocalAddress})";
}

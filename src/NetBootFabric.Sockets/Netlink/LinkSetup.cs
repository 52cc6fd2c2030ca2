namespace NetBootFabric.Sockets;

/// <summary>Sets an interface up over rtnetlink.</summary>
internal static class LinkSetup
{
    private const ushort FamilySettings = 26; // IFLA_AF_SPEC
    private const uint Up = 0x1;              // IFF_UP

    // IFLA_AF_SPEC holds an attribute of a family, AF_INET6, and that one IFLA_INET6_ADDR_GEN_MODE with IN6_ADDR_GEN_MODE_NONE in one octet, aligned to four.
    private static ReadOnlySpan<byte> NoAddressOfItsOwn => [12, 0, Libc.AF_INET6, 0, 5, 0, 8, 0, 1, 0, 0, 0];

    /// <summary>Up, without an IPv6 address of its own, for which it would ask for routers.</summary>
    public static Errno SetUp(NetlinkSocket netlink, int index)
    {
        lock (netlink.Turn)
        {
            var message = Begin(netlink, new LinkPart { InterfaceIndex = index });
            message.Attribute(FamilySettings, NoAddressOfItsOwn);
            _ = netlink.Request(message.Finish()); // no IPv6 in this kernel: as well
            return netlink.Request(Begin(netlink, new LinkPart { InterfaceIndex = index, Flags = Up, Change = Up }).Finish());
        }
    }

    private static NetlinkMessage Begin(NetlinkSocket netlink, in LinkPart part)
    {
        var message = netlink.Begin(NetlinkType.NewLink, NetlinkFlag.Acknowledge);
        message.Fixed(part);
        return message;
    }
}

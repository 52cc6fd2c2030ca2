using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>RFC 2131 §4.1, and PXE 2.1 for port 4011.</summary>
internal static class ReplyRoutes
{
    public static ReplyRoute For(DhcpInquiry inquiry, DhcpMessageType type, Ipv4Address yourAddress)
    {
        if (inquiry.Ingress.IsProxyPort) return ReplyRoute.Source;
        if (inquiry.IsRelayed) return ReplyRoute.Relay;
        if (type == DhcpMessageType.Nak) return ReplyRoute.Broadcast;
        if (inquiry.UsesItsAddress) return ReplyRoute.UnicastToClientAddress;
        return inquiry.BroadcastFlag || yourAddress.IsAny ? ReplyRoute.Broadcast : ReplyRoute.UnicastToHardware;
    }
}

using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>
/// proxyDHCP (PXE 2.1 §2.2.3): boot files beside another server's addresses. DISCOVERs on port 67 get an OFFER without an address;
/// clients that then ask on port 4011 get an ACK.
/// </summary>
internal static class ProxyDecision
{
    public static DhcpOutcome Decide(in DhcpCase it)
    {
        if (AnswerTo(it.Inquiry) is not { } type || !it.Inquiry.WantsBoot) return new DhcpOutcome.Dismiss(DhcpDismissal.NoAnswerNeeded);
        if (it.IsIgnored) return new DhcpOutcome.Dismiss(DhcpDismissal.UnknownClientIgnored);
        if (it.Boot is null) return new DhcpOutcome.Dismiss(it.LacksBootFile ?? DhcpDismissal.NoBootFile);
        return new DhcpOutcome.Answer(Replies.Proxy(it, type), it.Boot);
    }

    private static DhcpMessageType? AnswerTo(DhcpInquiry inquiry) => (inquiry.Type, inquiry.Ingress.IsProxyPort) switch
    {
        (DhcpMessageType.Discover, _) => DhcpMessageType.Offer,
        (DhcpMessageType.Request or DhcpMessageType.Inform, true) => DhcpMessageType.Ack,
        _ => null,
    };
}

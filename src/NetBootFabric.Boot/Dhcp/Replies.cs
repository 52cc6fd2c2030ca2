using System.Collections.Immutable;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>The server's messages (RFC 2131 table 3).</summary>
internal static class Replies
{
    public static DhcpAnswer Offer(in DhcpCase it, Ipv4Address address, uint granted) =>
        Booting(it, DhcpMessageType.Offer, address, AnswerOptions.ForOffer(it, granted));

    public static DhcpAnswer Ack(in DhcpCase it, Ipv4Address address, uint granted) =>
        Booting(it, DhcpMessageType.Ack, address, AnswerOptions.ForAck(it, granted), it.Inquiry.UsesItsAddress ? it.Inquiry.ClientAddress : default);

    /// <summary>No yiaddr and no lease time (RFC 2131 §4.3.5).</summary>
    public static DhcpAnswer Inform(in DhcpCase it) =>
        Booting(it, DhcpMessageType.Ack, Ipv4Address.Any, AnswerOptions.ForInform(it), it.Inquiry.ClientAddress);

    /// <summary>A proxy's OFFER or ACK: boots, gives no address.</summary>
    public static DhcpAnswer Proxy(in DhcpCase it, DhcpMessageType type) =>
        Booting(it, type, Ipv4Address.Any, AnswerOptions.ForProxy(it), it.Inquiry.ClientAddress);

    public static DhcpAnswer Nak(in DhcpCase it) => new()
    {
        Inquiry = it.Inquiry,
        Type = DhcpMessageType.Nak,
        Route = ReplyRoutes.For(it.Inquiry, DhcpMessageType.Nak, Ipv4Address.Any),
        Options = AnswerOptions.ForNak(it),
    };

    private static DhcpAnswer Booting(in DhcpCase it, DhcpMessageType type, Ipv4Address address, ImmutableArray<DhcpOptionValue> options, Ipv4Address own = default) => new()
    {
        Inquiry = it.Inquiry,
        Type = type,
        Route = ReplyRoutes.For(it.Inquiry, type, address),
        ClientAddress = own,
        YourAddress = address,
        NextServer = it.NextServer,
        BootFile = it.Boot?.BootFile ?? "",
        Options = options,
        Exchange = type == DhcpMessageType.Offer ? DhcpExchange.After(it, address) : null,
    };
}

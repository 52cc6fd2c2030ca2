using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>A server that says NAK where silence is due.</summary>
internal sealed class NakInSelecting : Plant
{
    public override IDhcpReplies Replies(IDhcpReplies replies) => new BluntServer(replies);

    private sealed class BluntServer(IDhcpReplies replies) : IDhcpReplies
    {
        public void Queue(DhcpAnswer answer) => replies.Queue(answer);

        public void Dismiss(DhcpInquiry inquiry, DhcpDismissal reason)
        {
            if (reason == DhcpDismissal.AddressUnavailable) replies.Queue(new DhcpAnswer { Inquiry = inquiry, Type = DhcpMessageType.Nak, Route = ReplyRoute.Broadcast });
            else replies.Dismiss(inquiry, reason);
        }
    }
}

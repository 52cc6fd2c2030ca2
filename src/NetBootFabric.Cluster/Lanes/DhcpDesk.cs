using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>Takes the clients' answers, from this head node or another, back to the socket that heard the question.</summary>
internal sealed class DhcpDesk : ReceiveActor
{
    public DhcpDesk(DhcpLane lane)
    {
        Receive<DhcpAnswer>(lane.Answer);
        Receive<DhcpDismissed>(lane.Dismiss);
    }
}

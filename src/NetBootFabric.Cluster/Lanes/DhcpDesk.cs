using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>
/// Takes the clients' answers, from this head node or another, back to the socket that heard the question. Those that wait in its mailbox together leave together.
/// </summary>
internal sealed class DhcpDesk : ReceiveActor
{
    private readonly HashSet<IDhcpReplies> _queued = [];

    public DhcpDesk(DhcpLane lane)
    {
        Receive<DhcpAnswer>(answer => Queue(lane.Answer(answer)));
        Receive<DhcpDismissed>(lane.Dismiss);
        Receive<Flush>(_ => SendQueued());
    }

    protected override void PostStop() => SendQueued();

    /// <summary>What came before the word to itself is sent with it.</summary>
    private void Queue(IDhcpReplies? replies)
    {
        if (replies is null || !_queued.Add(replies) || _queued.Count > 1) return;
        Self.Tell(Flush.Instance, ActorRefs.NoSender);
    }

    private void SendQueued()
    {
        foreach (var replies in _queued) replies.Flush();
        _queued.Clear();
    }

    private sealed record Flush
    {
        public static Flush Instance { get; } = new();
    }
}

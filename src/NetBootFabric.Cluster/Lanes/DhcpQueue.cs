using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>
/// What waits between the DHCP sockets and the clients' actors. REQUESTs go first, since they finish exchanges, then DISCOVERs, then what no boot waits for. When it is full
/// the oldest DISCOVER goes, since its client has asked again, or will; before it what nobody waits for, once there is more of that than a room ever has. Not thread-safe.
/// </summary>
internal sealed class DhcpQueue(int capacity)
{
    private readonly Queue<DhcpInquiry> _requests = new();
    private readonly Queue<DhcpInquiry> _discovers = new();

    /// <summary>RELEASE, DECLINE and INFORM. The first two are said once only: a few of them are kept whatever else comes.</summary>
    private readonly Queue<DhcpInquiry> _others = new();

    public int Count => _requests.Count + _discovers.Count + _others.Count;

    /// <summary>Takes an inquiry; gives back the one that had to go for it, or null.</summary>
    public DhcpInquiry? Enqueue(DhcpInquiry inquiry)
    {
        var shed = Count >= capacity ? MakeRoom() : null;
        QueueOf(inquiry.Type).Enqueue(inquiry);
        return shed;
    }

    public bool TryDequeue(out DhcpInquiry inquiry) => _requests.TryDequeue(out inquiry!) || _discovers.TryDequeue(out inquiry!) || _others.TryDequeue(out inquiry!);

    private Queue<DhcpInquiry> QueueOf(DhcpMessageType type) => type switch
    {
        DhcpMessageType.Request => _requests,
        DhcpMessageType.Discover => _discovers,
        _ => _others,
    };

    private DhcpInquiry MakeRoom()
    {
        if (_others.Count > capacity / 8) return _others.Dequeue();
        return _discovers.TryDequeue(out var oldest) || _requests.TryDequeue(out oldest) ? oldest : _others.Dequeue();
    }
}

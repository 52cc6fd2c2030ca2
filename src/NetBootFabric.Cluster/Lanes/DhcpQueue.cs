using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>
/// What waits between the DHCP sockets and the clients' actors. REQUESTs go first, since they finish exchanges, then DISCOVERs, then what no boot waits for. A client that
/// asks again while it waits keeps its turn, and its newest packet is answered, once. When it is full the oldest DISCOVER goes, since its client has asked again, or will;
/// before it what nobody waits for, once there is more of that than a room ever has. Not thread-safe.
/// </summary>
internal sealed class DhcpQueue(int capacity)
{
    private readonly Line _requests = new();
    private readonly Line _discovers = new();

    /// <summary>RELEASE, DECLINE and INFORM. The first two are said once only: a few of them are kept whatever else comes.</summary>
    private readonly Queue<DhcpInquiry> _others = new();

    public int Count => _requests.Count + _discovers.Count + _others.Count;

    /// <summary>Takes an inquiry; gives back the one that had to go for it, or null.</summary>
    public DhcpInquiry? Enqueue(DhcpInquiry inquiry)
    {
        if (LineOf(inquiry.Type) is { } line && line.Renew(inquiry) is { } earlier) return earlier;
        var shed = Count >= capacity ? MakeRoom() : null;
        if (LineOf(inquiry.Type) is { } end) end.Add(inquiry);
        else _others.Enqueue(inquiry);
        return shed;
    }

    public bool TryDequeue(out DhcpInquiry inquiry) => _requests.TryTake(out inquiry) || _discovers.TryTake(out inquiry) || _others.TryDequeue(out inquiry!);

    private Line? LineOf(DhcpMessageType type) => type switch
    {
        DhcpMessageType.Request => _requests,
        DhcpMessageType.Discover => _discovers,
        _ => null,
    };

    private DhcpInquiry MakeRoom()
    {
        if (_others.Count > capacity / 8) return _others.Dequeue();
        return _discovers.TryTake(out var oldest) || _requests.TryTake(out oldest) ? oldest : _others.Dequeue();
    }

    /// <summary>Clients in the order in which they first asked, each with its newest packet.</summary>
    private sealed class Line
    {
        private readonly Queue<MacAddress> _turns = new();
        private readonly Dictionary<MacAddress, DhcpInquiry> _newest = [];

        public int Count => _newest.Count;

        /// <summary>The packet that this one takes the place of; null, and nothing is changed: its client does not wait here.</summary>
        public DhcpInquiry? Renew(DhcpInquiry inquiry)
        {
            if (!_newest.TryGetValue(inquiry.Client, out var earlier)) return null;
            _newest[inquiry.Client] = inquiry;
            return earlier;
        }

        public void Add(DhcpInquiry inquiry)
        {
            _newest.Add(inquiry.Client, inquiry);
            _turns.Enqueue(inquiry.Client);
        }

        public bool TryTake(out DhcpInquiry inquiry)
        {
            inquiry = null!;
            return _turns.TryDequeue(out var next) && _newest.Remove(next, out inquiry!);
        }
    }
}

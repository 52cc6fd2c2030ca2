using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>
/// What waits between the DHCP sockets and the clients' actors. REQUESTs go first, since they finish exchanges; when it is full
/// the oldest DISCOVER goes, since its client has asked again, or will. Not thread-safe.
/// </summary>
internal sealed class DhcpQueue(int capacity)
{
    private readonly Queue<DhcpInquiry> _discovers = new();
    private readonly Queue<DhcpInquiry> _others = new();

    public int Count => _discovers.Count + _others.Count;

    /// <summary>Takes an inquiry; gives back the one that had to go for it, or null.</summary>
    public DhcpInquiry? Enqueue(DhcpInquiry inquiry)
    {
        var shed = Count >= capacity ? MakeRoom() : null;
        (inquiry.Type == DhcpMessageType.Discover ? _discovers : _others).Enqueue(inquiry);
        return shed;
    }

    public bool TryDequeue(out DhcpInquiry inquiry) => _others.TryDequeue(out inquiry!) || _discovers.TryDequeue(out inquiry!);

    private DhcpInquiry MakeRoom() => _discovers.TryDequeue(out var oldest) ? oldest : _others.Dequeue();
}

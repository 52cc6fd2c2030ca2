using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>
/// Broadcasts of clients that are other head nodes', the last seconds' worth. When such a head node dies, whoever takes its clients over answers what it may have
/// left unanswered, so that they need not ask again. Thread-safe, bounded: the oldest gives way.
/// </summary>
internal sealed class OverheardInquiries(TimeProvider time, TimeSpan kept)
{
    private const int Capacity = 16_384;

    private readonly Lock _gate = new();
    private readonly Queue<(DhcpInquiry Inquiry, int Shard, long At)> _heard = new();

    public void Add(DhcpInquiry inquiry, int shard)
    {
        lock (_gate)
        {
            Forget();
            if (_heard.Count >= Capacity) _heard.Dequeue();
            _heard.Enqueue((inquiry, shard, time.GetTimestamp()));
        }
    }

    /// <summary>The last one of each client of these shards; they are forgotten.</summary>
    public IReadOnlyCollection<DhcpInquiry> Take(IReadOnlyCollection<int> shards)
    {
        var wanted = shards.ToHashSet();
        var last = new Dictionary<MacAddress, DhcpInquiry>();
        lock (_gate)
        {
            Forget();
            for (var left = _heard.Count; left > 0; left--)
            {
                var each = _heard.Dequeue();
                if (wanted.Contains(each.Shard)) last[each.Inquiry.Client] = each.Inquiry;
                else _heard.Enqueue(each);
            }
        }
        return last.Values;
    }

    private void Forget()
    {
        while (_heard.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > kept) _heard.Dequeue();
    }
}

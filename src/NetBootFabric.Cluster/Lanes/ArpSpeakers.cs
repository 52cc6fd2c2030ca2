using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>
/// Who asked for this head node by ARP from which address, a short while ago: beside another DHCP server that is all that tells whose download comes from an address. Only stories are told
/// by it. Thread-safe, bounded: the oldest gives way.
/// </summary>
internal sealed class ArpSpeakers(TimeProvider time)
{
    private const int Capacity = 4096;

    /// <summary>Longer than a kernel's neighbour entry stays fresh: a client asks again before it is over.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<Ipv4Address, (MacAddress Client, long At)> _speakers = [];
    private readonly Queue<Ipv4Address> _order = new();

    public void Heard(Ipv4Address address, MacAddress client)
    {
        if (address.IsAny) return;
        lock (_gate)
        {
            if (!_speakers.ContainsKey(address)) _order.Enqueue(address);
            _speakers[address] = (client, time.GetTimestamp());
            if (_order.Count > Capacity) _speakers.Remove(_order.Dequeue());
        }
    }

    public MacAddress? At(Ipv4Address address)
    {
        lock (_gate) return _speakers.TryGetValue(address, out var speaker) && time.GetElapsedTime(speaker.At) <= Kept ? speaker.Client : null;
    }
}

using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Storms;

/// <summary>Clients that wait, each in the queue of its rack; turns go round the racks, so that a large one does not keep the others from booting. Not for two threads at a time.</summary>
internal sealed class RackQueue
{
    private readonly Dictionary<MacAddress, Waiter> _waiters = [];
    private readonly Dictionary<string, List<Waiter>> _racks = new(StringComparer.Ordinal);
    private long _arrivals;

    public int Count => _waiters.Count;

    public bool Contains(MacAddress client) => _waiters.ContainsKey(client);

    /// <summary>Puts a client that comes for the first time at the end of its rack's queue; it keeps its place while it asks again.</summary>
    public void Note(MacAddress client, string rack, DateTimeOffset now)
    {
        if (_waiters.TryGetValue(client, out var waiter))
        {
            waiter.AskedAt = now;
            return;
        }
        waiter = new Waiter(client, rack, _arrivals++) { AskedAt = now };
        _waiters.Add(client, waiter);
        if (!_racks.TryGetValue(rack, out var queue)) _racks.Add(rack, queue = []);
        queue.Add(waiter);
    }

    /// <summary>From 1: before it are the first ones of each rack, as many as stand before it in its own, and those of its own round that came earlier.</summary>
    public int PositionOf(MacAddress client)
    {
        var waiter = _waiters[client];
        var round = _racks[waiter.Rack].BinarySearch(waiter);
        var position = 1;
        foreach (var queue in _racks.Values)
        {
            position += Math.Min(queue.Count, round);
            if (round < queue.Count && queue[round].Arrival < waiter.Arrival) position++;
        }
        return position;
    }

    public void Remove(MacAddress client)
    {
        if (!_waiters.Remove(client, out var waiter)) return;
        var queue = _racks[waiter.Rack];
        queue.RemoveAt(queue.BinarySearch(waiter));
        if (queue.Count == 0) _racks.Remove(waiter.Rack);
    }

    /// <summary>Those that have not asked since then are gone.</summary>
    public void Forget(DateTimeOffset since)
    {
        foreach (var gone in _waiters.Values.Where(waiter => waiter.AskedAt < since).ToList()) Remove(gone.Client);
    }

    private sealed class Waiter(MacAddress client, string rack, long arrival) : IComparable<Waiter>
    {
        public MacAddress Client => client;
        public string Rack => rack;
        public long Arrival => arrival;
        public DateTimeOffset AskedAt { get; set; }

        public int CompareTo(Waiter? other) => arrival.CompareTo(other!.Arrival);
    }
}

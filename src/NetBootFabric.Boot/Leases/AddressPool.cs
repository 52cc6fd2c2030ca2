using System.Collections.Immutable;
using System.Numerics;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Leases;

/// <summary>The dynamic addresses of one subnet: the ranges laid end to end, index 0 to <see cref="Size"/> - 1, fixed addresses left out.</summary>
internal sealed class AddressPool
{
    private readonly ImmutableArray<AddressRange> _ranges;
    private readonly int _indexes;
    private readonly FreeBitmap _neverUsed;
    private readonly IShardOwnership _heads;
    private readonly PoolSlices _slices;

    /// <summary>Free addresses that somebody had, the one unused for longest first.</summary>
    private readonly SortedSet<(long Since, int Index)> _used = [];
    private readonly int[] _count = new int[(int)AddressState.Quarantined + 1];
    private int _probeFrom;

    public AddressPool(Subnet subnet, IEnumerable<Ipv4Address> fixedAddresses, IShardOwnership heads)
    {
        _ranges = subnet.Ranges;
        _indexes = _ranges.Sum(range => range.Count);
        _heads = heads;
        _slices = new PoolSlices(_indexes, heads);
        _neverUsed = new FreeBitmap(_indexes);
        Size = _indexes;
        foreach (var address in fixedAddresses) Exclude(address);
        _count[(int)AddressState.NeverUsed] = Size;
    }

    public int Size { get; private set; }

    public int Count(AddressState state) => _count[(int)state];

    /// <summary>-1: not in the ranges. A fixed address has an index but is never given.</summary>
    public int IndexOf(Ipv4Address address)
    {
        var before = 0;
        foreach (var range in _ranges)
        {
            if (range.Contains(address)) return before + (int)(address.Value - range.First.Value);
            before += range.Count;
        }
        return -1;
    }

    public Ipv4Address AddressAt(int index)
    {
        foreach (var range in _ranges)
        {
            if (index < range.Count) return new Ipv4Address(range.First.Value + (uint)index);
            index -= range.Count;
        }
        throw new ArgumentOutOfRangeException(nameof(index));
    }

    /// <summary>
    /// The free address for a client that has none: the first never used one from the client's own place on, else the one unused for longest, whose last
    /// client is the least likely to come back for it. Of the client's own shard's slice first, then of others that this node owns, and only when these are used up of
    /// another node's: that one may be giving it too, and the store decides. Null: none is free.
    /// </summary>
    public Ipv4Address? FirstFree(MacAddress client)
    {
        if (_indexes == 0) return null;
        var index = NeverUsedOf(client);
        if (index < 0) index = LongestUnused();
        if (index < 0) index = _neverUsed.FirstFrom(0);
        return index < 0 ? null : AddressAt(index);
    }

    /// <summary>Free addresses of this node's slices, going on where the last call ended, so that the calls visit the whole pool; when none is unused, those unused for longest.</summary>
    public IReadOnlyList<Ipv4Address> NextFree(int count)
    {
        var found = new List<Ipv4Address>(Math.Min(count, Size));
        for (var (start, seen) = (_probeFrom, -1); found.Count < Math.Min(count, Count(AddressState.NeverUsed));)
        {
            var index = _neverUsed.FirstFrom(_probeFrom);
            var distance = (index - start + _indexes) % _indexes;
            if (index < 0 || distance <= seen) break; // once round
            seen = distance;
            var isOwn = _slices.IsOwn(index);
            if (isOwn) found.Add(AddressAt(index));
            _probeFrom = (isOwn ? index + 1 : _slices.Bounds(_slices.Of(index)).To) % _indexes;
            if (!isOwn) seen = Math.Max(seen, (_probeFrom - start + _indexes - 1) % _indexes);
        }
        foreach (var (_, index) in _used)
        {
            if (found.Count >= count) break;
            if (_slices.IsOwn(index)) found.Add(AddressAt(index));
        }
        return found;
    }

    private int NeverUsedOf(MacAddress client)
    {
        var own = _heads.ShardOf(client);
        for (var i = 0; i < _heads.Shards; i++)
        {
            var slice = (own + i) % _heads.Shards;
            if (i > 0 && !_heads.Owns(slice)) continue;
            var (from, to) = _slices.Bounds(slice);
            if (from < to && FirstOf(from, to, from + HomeOf(client, to - from)) is var index and >= 0) return index;
        }
        return -1;
    }

    private int FirstOf(int from, int to, int start)
    {
        var found = _neverUsed.Next(start);
        if (found < 0 || found >= to) found = _neverUsed.Next(from);
        return found < to ? found : -1;
    }

    private int LongestUnused()
    {
        foreach (var (_, index) in _used)
            if (_slices.IsOwn(index)) return index;
        return _used.Count > 0 && Count(AddressState.NeverUsed) == 0 ? _used.Min.Index : -1;
    }

    /// <summary>Takes the address of <paramref name="slot"/> from the state it was counted in to <paramref name="next"/>.</summary>
    public void Move(AddressSlot slot, AddressState next)
    {
        Leave(slot);
        _count[(int)next]++;
        if (next == AddressState.NeverUsed) _neverUsed.Add(slot.Index);
        if (next != AddressState.Used) return;
        slot.UsedKey = slot.LastUsed;
        _used.Add((slot.UsedKey, slot.Index));
    }

    private void Leave(AddressSlot slot)
    {
        _count[(int)slot.State]--;
        if (slot.State == AddressState.NeverUsed) _neverUsed.Remove(slot.Index);
        if (slot.State == AddressState.Used) _used.Remove((slot.UsedKey, slot.Index));
    }

    private void Exclude(Ipv4Address address)
    {
        var index = IndexOf(address);
        if (index < 0 || !_neverUsed.Contains(index)) return;
        _neverUsed.Remove(index);
        Size--;
    }

    /// <summary>
    /// Where the search in a slice starts: by the MAC alone, the same on every head node and after every restart, so that a client tends to get the
    /// same address again and two nodes seldom pick the same one. MACs of one delivery differ in few bits: the multiplication (by 2^64 / golden ratio) spreads them.
    /// </summary>
    private static int HomeOf(MacAddress client, int size)
    {
        var hash = client.Value * 0x9E37_79B9_7F4A_7C15;
        hash = BitOperations.RotateRight(hash, 32) * 0x9E37_79B9_7F4A_7C15;
        return (int)Math.BigMul(hash, (ulong)size, out _);
    }
}

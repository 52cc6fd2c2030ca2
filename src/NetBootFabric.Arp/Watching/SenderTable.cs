using System.Numerics;
using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>
/// Something remembered of each of a fixed number of machines; allocated once. A machine's place is one of the eight of its row; when they are taken,
/// the machine heard least recently is forgotten. So no flood of made-up addresses makes the table grow or slow.
/// </summary>
internal sealed class SenderTable<T> where T : struct
{
    private const int Ways = 8;

    private readonly Slot[] _slots;
    private readonly ulong _rowMask;
    private readonly ulong _seed;
    private readonly long _memory;

    /// <param name="capacity">Machines; rounded up.</param>
    /// <param name="memory">After this long in silence a machine is new again.</param>
    /// <param name="seed">Random, so that a row can't be aimed at from outside.</param>
    public SenderTable(int capacity, TimeSpan memory, ulong seed)
    {
        var rows = BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (capacity + Ways - 1) / Ways));
        _slots = new Slot[rows * Ways];
        _rowMask = rows - 1;
        _seed = seed | 1;
        _memory = memory.Ticks;
    }

    public int Capacity => _slots.Length;

    /// <summary>What is remembered of the machine, which was heard <paramref name="now"/> (UTC ticks); the default for a new one.</summary>
    public ref T Hear(MacAddress mac, long now)
    {
        ref var slot = ref Place(mac);
        if (!slot.IsUsed || slot.Mac != mac || now - slot.HeardAt > _memory) slot = new Slot { Mac = mac, IsUsed = true };
        slot.HeardAt = now;
        return ref slot.Remembered;
    }

    private ref Slot Place(MacAddress mac)
    {
        // Two rounds of multiplying by an odd number and folding the high half in: every bit of the address moves the row.
        var mixed = (mac.Value ^ _seed) * 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 32)) * _seed;
        var row = (int)((mixed >> 32) & _rowMask) * Ways;
        var oldest = row;
        for (var i = row; i < row + Ways; i++)
        {
            if (_slots[i].IsUsed && _slots[i].Mac == mac) return ref _slots[i];
            if (_slots[i].HeardAt < _slots[oldest].HeardAt) oldest = i;
        }
        return ref _slots[oldest];
    }

    private struct Slot
    {
        public MacAddress Mac;
        public bool IsUsed;
        public long HeardAt;
        public T Remembered;
    }
}

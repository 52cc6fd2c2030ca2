using System.Numerics;

namespace NetBootFabric.Tftp.Serving;

/// <summary>Something with a deadline in a <see cref="TimerWheel"/>: the list's links stand in it, so that nothing is allocated.</summary>
internal abstract class TimerNode
{
    internal TimerNode? Previous, Next;
    internal TimeSpan Due;
    internal long Tick = -1; // of the slot it hangs in; -1: in none
}

/// <summary>
/// Deadlines of thousands of transfers (a hashed wheel). A deadline that moves later, which every ACK does, only changes the node: it is
/// hung anew when its old slot comes round. One thread.
/// </summary>
internal sealed class TimerWheel
{
    private const int Slots = 2048; // of 1 ms: the longest usual wait, 2 s, hangs once
    private const int Mask = Slots - 1;

    private readonly TimerNode?[] _slots = new TimerNode?[Slots];
    private readonly ulong[] _occupied = new ulong[Slots / 64];
    private long _tick; // all before it has fired

    public int Count { get; private set; }

    public void Schedule(TimerNode node, TimeSpan now, TimeSpan due)
    {
        if (Count == 0) _tick = Math.Max(_tick, now.Ticks / TimeSpan.TicksPerMillisecond); // an idle wheel stands still
        node.Due = due;
        var tick = SlotTick(due);
        if (node.Tick >= 0 && node.Tick <= tick) return;
        if (node.Tick >= 0) Unlink(node);
        Link(node, tick);
    }

    public void Cancel(TimerNode node)
    {
        if (node.Tick >= 0) Unlink(node);
    }

    /// <summary>Takes one node that is due, or null. Call until null.</summary>
    public TimerNode? TakeDue(TimeSpan now)
    {
        var limit = now.Ticks / TimeSpan.TicksPerMillisecond;
        for (; Count > 0 && _tick <= limit; _tick++)
        {
            while (_slots[_tick & Mask] is { } node)
            {
                Unlink(node);
                if (node.Due <= now) return node;
                Link(node, Math.Max(SlotTick(node.Due), _tick + 1));
            }
        }
        return null;
    }

    /// <summary>How long until a slot comes that holds something; it may turn out to be too early. Infinite when nothing is scheduled.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        if (Count == 0) return Timeout.InfiniteTimeSpan;
        var due = TimeSpan.FromMilliseconds(_tick + NextOccupied((int)(_tick & Mask)));
        return due > now ? due - now : TimeSpan.Zero;
    }

    /// <summary>Rounded up, so that nothing fires early; what lies beyond the wheel waits in its last slot.</summary>
    private long SlotTick(TimeSpan due)
    {
        var tick = (due.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return Math.Clamp(tick, _tick, _tick + Slots - 1);
    }

    private int NextOccupied(int slot)
    {
        var bits = _occupied[slot >> 6] >> (slot & 63);
        if (bits != 0) return BitOperations.TrailingZeroCount(bits);
        for (var (word, distance) = ((slot >> 6) + 1, 64 - (slot & 63)); distance < Slots + 64; word++, distance += 64)
        {
            bits = _occupied[word & (_occupied.Length - 1)];
            if (bits != 0) return distance + BitOperations.TrailingZeroCount(bits);
        }
        return Slots;
    }

    private void Link(TimerNode node, long tick)
    {
        ref var head = ref _slots[tick & Mask];
        (node.Tick, node.Next, node.Previous) = (tick, head, null);
        if (head is not null) head.Previous = node;
        head = node;
        _occupied[(tick & Mask) >> 6] |= 1UL << (int)(tick & 63);
        Count++;
    }

    private void Unlink(TimerNode node)
    {
        var slot = node.Tick & Mask;
        if (node.Next is not null) node.Next.Previous = node.Previous;
        if (node.Previous is not null) node.Previous.Next = node.Next;
        else _slots[slot] = node.Next;
        if (_slots[slot] is null) _occupied[slot >> 6] &= ~(1UL << (int)(slot & 63));
        (node.Tick, node.Next, node.Previous) = (-1, null, null);
        Count--;
    }
}

namespace NetBootFabric.Boot.Leases;

/// <summary>
/// The addresses whose state changes by itself, by the time it does. Each stands in it at most once, at its time or earlier: one whose time is put off, as that of every offer that
/// becomes a lease, stays where it is, and is put where it belongs when its old time comes.
/// </summary>
internal sealed class Timeline
{
    private readonly SortedSet<AddressSlot> _slots = new(Comparer<AddressSlot>.Create(
        (a, b) => a.LooksAt != b.LooksAt ? a.LooksAt.CompareTo(b.LooksAt) : a.Address.CompareTo(b.Address)));
    private long _next = long.MaxValue;

    /// <param name="due">UTC ticks; 0: it does not change.</param>
    public void Set(AddressSlot slot, long due)
    {
        slot.Due = due;
        if (due == 0 || (slot.LooksAt != 0 && slot.LooksAt <= due)) return;
        if (slot.LooksAt != 0) _slots.Remove(slot);
        slot.LooksAt = due;
        _slots.Add(slot);
        _next = Math.Min(_next, due);
    }

    public void Remove(AddressSlot slot)
    {
        if (slot.LooksAt != 0) TakeOut(slot);
        slot.Due = 0;
    }

    /// <summary>Takes out one whose time has come; null when there is none.</summary>
    public AddressSlot? TakeDue(long now)
    {
        while (_next <= now)
        {
            var slot = _slots.Min!;
            TakeOut(slot);
            if (slot.Due > now) Set(slot, slot.Due);
            else if (slot.Due != 0) return slot;
        }
        return null;
    }

    private void TakeOut(AddressSlot slot)
    {
        _slots.Remove(slot);
        slot.LooksAt = 0;
        _next = _slots.Min?.LooksAt ?? long.MaxValue;
    }
}

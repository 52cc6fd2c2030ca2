namespace NetBootFabric.Boot.Leases;

/// <summary>The addresses whose state changes by itself, by the time it does. Each stands in it at most once.</summary>
internal sealed class Timeline
{
    private readonly SortedSet<AddressSlot> _slots = new(Comparer<AddressSlot>.Create(
        (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Address.CompareTo(b.Address)));
    private long _next = long.MaxValue;

    /// <param name="due">UTC ticks; 0: it does not change.</param>
    public void Set(AddressSlot slot, long due)
    {
        if (slot.Due == due) return;
        if (slot.Due != 0) _slots.Remove(slot);
        slot.Due = due;
        if (due != 0) _slots.Add(slot);
        _next = _slots.Min?.Due ?? long.MaxValue;
    }

    /// <summary>Takes out one whose time has come; null when there is none.</summary>
    public AddressSlot? TakeDue(long now)
    {
        if (_next > now || _slots.Min is not { } slot) return null;
        Set(slot, 0);
        return slot;
    }
}

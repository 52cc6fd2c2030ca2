namespace NetBootFabric.Boot.Leases;

public sealed partial class LeaseBook : ILeaseReplica
{
    public event Action<LeaseNews>? Changed;

    /// <remarks>News may come late: a lease that ends earlier than the one that is known of its client on that address is an old one.</remarks>
    public void Learn(LeaseNews news)
    {
        lock (_lock)
        {
            if (news.Granted is { } lease && !IsOlder(lease)) Remember(Bounded(lease));
            if (news.Ended is { } end && _slots.TryGetValue(end.Address, out var slot) && slot.Lease?.Client == end.Client)
            {
                Forget(end.Client, slot);
                Settle(slot);
            }
            if (news.Quarantined is { } quarantine) Remember(quarantine);
        }
    }

    public void Adopt(IReadOnlyList<int> shards, LeaseInventory inventory)
    {
        var taken = shards.ToHashSet();
        var stored = inventory.Leases.ToDictionary(lease => lease.Address);
        lock (_lock)
        {
            foreach (var slot in _slots.Values.ToList())
            {
                if (slot.Lease is not { } known || !taken.Contains(_heads.ShardOf(known.Client)) || stored.GetValueOrDefault(known.Address)?.Client == known.Client) continue;
                Forget(known.Client, slot);
                Settle(slot);
            }
            foreach (var lease in inventory.Leases.OrderBy(static lease => lease.ExpiresAt)) Remember(Bounded(lease));
            foreach (var quarantine in inventory.Quarantines) Remember(quarantine);
        }
    }

    private bool IsOlder(Lease lease) => _slots.TryGetValue(lease.Address, out var slot) && slot.Lease is { } known && known.Client == lease.Client && known.ExpiresAt > lease.ExpiresAt;

    private void Remember(Quarantine quarantine)
    {
        var slot = SlotOf(quarantine.Address);
        slot.QuarantinedUntil = quarantine.Until.UtcTicks;
        Settle(slot);
    }
}

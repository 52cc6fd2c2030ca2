using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Leases;

/// <summary>
/// The leases and pools of a room in memory. Facts about an address stand in its <see cref="AddressSlot"/>; every change of a fact is followed by
/// <see cref="Settle"/>, which derives the state that the pool counts. Nothing runs on a timer: what is over is found when a caller's <c>now</c> has passed it.
/// </summary>
public sealed partial class LeaseBook : ILeaseBook
{
    /// <summary>How long an OFFER is held: a PXE ROM answers within seconds, and asks again for at most 4+8+16+32 s.</summary>
    public static readonly TimeSpan OfferTime = TimeSpan.FromSeconds(60);

    /// <summary>How long an address that the store refused is left alone, when this book does not know who has it.</summary>
    private static readonly TimeSpan TakenTime = TimeSpan.FromMinutes(10);

    /// <summary>Callers on several threads name times a little out of order; a larger step back is the clock's.</summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(10);

    private readonly ILeaseStore _store;
    private readonly IShardOwnership _heads;
    private readonly Lock _lock = new();
    private readonly Dictionary<Ipv4Address, AddressSlot> _slots = [];

    /// <summary>The address that a client had last; the slot's <see cref="AddressSlot.LastClient"/> is the way back.</summary>
    private readonly Dictionary<MacAddress, AddressSlot> _last = [];
    private readonly Dictionary<MacAddress, AddressSlot> _offers = [];
    private readonly Dictionary<Ipv4Network, AddressPool> _pools = [];
    private readonly Timeline _timeline = new();
    private Room _room = Room.Empty;

    /// <summary>The latest time that a caller named, unless the clock was set back.</summary>
    private long _now;

    /// <param name="heads">Null: this head node is alone.</param>
    public LeaseBook(ILeaseStore store, Room room, LeaseInventory inventory, IShardOwnership? heads = null)
    {
        _store = store;
        _heads = heads ?? SoleOwner.Instance;
        foreach (var lease in inventory.Leases) Remember(lease);
        foreach (var quarantine in inventory.Quarantines) SlotOf(quarantine.Address).QuarantinedUntil = quarantine.Until.UtcTicks;
        Reshape(room);
    }

    /// <summary>A book of everything in <paramref name="store"/>.</summary>
    public static async Task<LeaseBook> OpenAsync(ILeaseStore store, Room room, CancellationToken cancellation, IShardOwnership? heads = null) =>
        new(store, room, await store.LoadAsync(cancellation), heads);

    public Lease? Find(MacAddress client)
    {
        lock (_lock) return LeaseOf(client);
    }

    public Lease? Find(Ipv4Address address, DateTimeOffset now)
    {
        lock (_lock) return _slots.TryGetValue(address, out var slot) && slot.Lease is { } lease && lease.IsRunning(now) ? lease : null;
    }

    public Ipv4Address? Offer(MacAddress client, Subnet subnet, Ipv4Address wanted, DateTimeOffset now)
    {
        lock (_lock)
        {
            Advance(now);
            if (!_pools.TryGetValue(subnet.Network, out var pool) || Choose(client, pool, wanted) is not { } address) return null;
            Hold(client, address);
            return address;
        }
    }

    /// <summary>Every client's lease, running or expired.</summary>
    public IReadOnlyList<Lease> All()
    {
        lock (_lock) return [.. _last.Where(pair => pair.Value.IsLeasedTo(pair.Key)).Select(pair => pair.Value.Lease).OfType<Lease>()];
    }

    public bool MayHave(MacAddress client, Ipv4Address address, DateTimeOffset now)
    {
        lock (_lock)
        {
            Advance(now);
            if (_room.FixedAddresses.TryGetValue(address, out var owner)) return owner == client && IsOpen(client, address);
            return (PoolOf(address) is not null || IsOwnInRoom(client, address)) && IsOpen(client, address);
        }
    }

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed)
    {
        if (_heads.ShardOf(lease.Client) is var shard && shard != lease.Shard) lease = lease with { Shard = shard };
        bool kept;
        lock (_lock) kept = KeepFor(lease.Client, SlotOf(lease.Address));
        _store.Commit(lease, epoch, outcome =>
        {
            lock (_lock) EndCommit(lease, kept, outcome);
            if (outcome == LeaseCommit.Committed) Changed?.Invoke(new LeaseNews { Granted = lease });
            completed(outcome);
        });
    }

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed)
    {
        AddressSlot slot;
        lock (_lock)
        {
            slot = SlotOf(address);
            slot.Releases++;
        }
        _store.Release(client, address, outcome =>
        {
            lock (_lock) EndRelease(client, slot, outcome);
            if (outcome == LeaseCommit.Committed) Changed?.Invoke(new LeaseNews { Ended = new LeaseEnd(client, address) });
            completed(outcome);
        });
    }

    /// <remarks>Takes effect in memory at once, durable or not: an address in doubt must not be given while the store is down.</remarks>
    public void Quarantine(Ipv4Address address, DateTimeOffset until, string reason, Action<LeaseCommit> completed)
    {
        var quarantine = new Quarantine(address, until, reason);
        lock (_lock) Remember(quarantine);
        Changed?.Invoke(new LeaseNews { Quarantined = quarantine });
        _store.Quarantine(quarantine, completed);
    }

    public void Reshape(Room room)
    {
        lock (_lock)
        {
            _room = room;
            _pools.Clear();
            foreach (var subnet in room.Subnets) _pools[subnet.Network] = new AddressPool(subnet, room.FixedAddresses.Keys, _heads);
            foreach (var slot in _slots.Values)
            {
                Place(slot);
                Settle(slot);
            }
        }
    }

    public PoolUse Use(Subnet subnet, DateTimeOffset now)
    {
        lock (_lock)
        {
            Advance(now);
            return _pools.TryGetValue(subnet.Network, out var pool)
                ? new PoolUse(pool.Size, pool.Count(AddressState.Leased), pool.Count(AddressState.Offered), pool.Count(AddressState.Quarantined))
                : default;
        }
    }

    public IReadOnlyList<Ipv4Address> NextFree(Subnet subnet, int count, DateTimeOffset now)
    {
        lock (_lock)
        {
            Advance(now);
            return _pools.TryGetValue(subnet.Network, out var pool) ? pool.NextFree(count) : [];
        }
    }

    private Ipv4Address? Choose(MacAddress client, AddressPool pool, Ipv4Address wanted)
    {
        if (_last.TryGetValue(client, out var last) && last.Pool == pool && last.IsOpenTo(client, _now)) return last.Address;
        if (_offers.TryGetValue(client, out var offer) && offer.Pool == pool && offer.IsHeldBy(client, _now) && offer.IsOpenTo(client, _now)) return offer.Address;
        if (PoolOf(wanted) == pool && IsOpen(client, wanted)) return wanted;
        return pool.FirstFree(client);
    }

    private void Hold(MacAddress client, Ipv4Address address)
    {
        var slot = SlotOf(address);
        if (_offers.TryGetValue(client, out var earlier) && earlier != slot) Unhold(client, earlier);
        _offers[client] = slot;
        slot.HeldBy = client;
        slot.HeldUntil = _now + OfferTime.Ticks;
        Settle(slot);
    }

    private void Unhold(MacAddress client, AddressSlot slot)
    {
        if (_offers.GetValueOrDefault(client) == slot) _offers.Remove(client);
        if (slot.HeldBy != client) return;
        slot.HeldUntil = 0;
        Settle(slot);
    }

    /// <summary>
    /// A commit under way keeps the address for its client, however long the store takes. False when another client has the hold:
    /// then the store decides alone.
    /// </summary>
    private bool KeepFor(MacAddress client, AddressSlot slot)
    {
        if (slot.HeldBy != client && (slot.Pending > 0 || slot.HeldUntil > _now)) return false;
        if (slot.HeldBy != client) slot.HeldUntil = 0;
        slot.HeldBy = client;
        slot.Pending++;
        Settle(slot);
        return true;
    }

    private void EndCommit(Lease lease, bool kept, LeaseCommit outcome)
    {
        var slot = SlotOf(lease.Address);
        if (kept) slot.Pending--;
        if (outcome == LeaseCommit.Committed) Remember(lease);
        if (outcome == LeaseCommit.AddressTaken) GiveUp(slot, lease.Client);
        if (outcome is LeaseCommit.Committed or LeaseCommit.AddressTaken) Unhold(lease.Client, slot);
        Settle(slot);
    }

    private void Remember(Lease lease)
    {
        if (_last.TryGetValue(lease.Client, out var earlier) && earlier.Address != lease.Address) Leave(earlier);
        var slot = SlotOf(lease.Address);
        if (slot.LastClient is { } other && other != lease.Client) _last.Remove(other);
        _last[lease.Client] = slot;
        slot.Lease = lease;
        slot.IsInDoubt = false;
        slot.LastClient = lease.Client;
        slot.LastUsed = lease.ExpiresAt.UtcTicks;
        slot.TakenUntil = 0;
        Settle(slot);
    }

    /// <summary>The client is at another address now: this one is free at once.</summary>
    private void Leave(AddressSlot slot)
    {
        slot.Lease = null;
        slot.LastClient = null;
        slot.LastUsed = Math.Max(_now, 1);
        Settle(slot);
    }

    /// <summary>A release that failed may be on disk all the same: its lease answers for nothing until it is committed again.</summary>
    private void EndRelease(MacAddress client, AddressSlot slot, LeaseCommit outcome)
    {
        slot.Releases--;
        if (slot.Lease?.Client == client)
        {
            if (outcome == LeaseCommit.Committed) Forget(client, slot);
            else slot.IsInDoubt = true;
        }
        Settle(slot);
    }

    private void Forget(MacAddress client, AddressSlot slot)
    {
        slot.Lease = null;
        slot.LastUsed = Math.Max(_now, 1);
        Unhold(client, slot);
    }

    /// <summary>The store knows better than this book who has the address.</summary>
    private void GiveUp(AddressSlot slot, MacAddress client)
    {
        if (slot.Lease is { } lease && lease.Client != client && lease.ExpiresAt.UtcTicks > _now) return;
        if (slot.LastClient is { } last) _last.Remove(last);
        slot.Lease = null;
        slot.LastClient = null;
        slot.LastUsed = Math.Max(_now, 1);
        slot.TakenUntil = _now + TakenTime.Ticks;
    }

    private void Advance(DateTimeOffset now)
    {
        if (now.UtcTicks < _now - ClockStep.Ticks) Rewind(now.UtcTicks);
        if (now.UtcTicks <= _now) return;
        _now = now.UtcTicks;
        while (_timeline.TakeDue(_now) is { } slot) Settle(slot);
    }

    /// <summary>The host's clock was wrong and was set back: leases that seemed over run again, and holds made meanwhile would last as long as it was wrong.</summary>
    private void Rewind(long now)
    {
        _now = now;
        foreach (var slot in _slots.Values.ToList())
        {
            slot.HeldUntil = Math.Min(slot.HeldUntil, now + OfferTime.Ticks);
            slot.TakenUntil = Math.Min(slot.TakenUntil, now + TakenTime.Ticks);
            Settle(slot);
        }
    }

    private void Settle(AddressSlot slot)
    {
        var state = slot.StateAt(_now);
        if (slot.HeldUntil <= _now && slot.Pending == 0 && _offers.GetValueOrDefault(slot.HeldBy) == slot) _offers.Remove(slot.HeldBy);
        if (state != slot.State || state == AddressState.Used) slot.Pool?.Move(slot, state);
        slot.State = state;
        _timeline.Set(slot, slot.ChangesAt(state));
        if (state == AddressState.NeverUsed && slot.Releases == 0) Drop(slot);
    }

    private void Drop(AddressSlot slot)
    {
        _slots.Remove(slot.Address);
        _timeline.Remove(slot);
    }

    private AddressSlot SlotOf(Ipv4Address address)
    {
        if (_slots.TryGetValue(address, out var slot)) return slot;
        slot = new AddressSlot(address);
        Place(slot);
        _slots.Add(address, slot);
        return slot;
    }

    /// <summary>Puts the slot into the pool it belongs to now, counted there as never used: how a new pool counts all.</summary>
    private void Place(AddressSlot slot)
    {
        slot.Pool = PoolOf(slot.Address);
        slot.Index = slot.Pool?.IndexOf(slot.Address) ?? -1;
        slot.State = AddressState.NeverUsed;
    }

    private AddressPool? PoolOf(Ipv4Address address)
    {
        if (_room.FixedAddresses.ContainsKey(address)) return null;
        foreach (var (network, pool) in _pools)
        {
            if (network.Contains(address)) return pool.IndexOf(address) >= 0 ? pool : null;
        }
        return null;
    }

    private Lease? LeaseOf(MacAddress client) => _last.TryGetValue(client, out var slot) && slot.IsLeasedTo(client) ? slot.Lease : null;

    private bool IsOpen(MacAddress client, Ipv4Address address) => !_slots.TryGetValue(address, out var slot) || slot.IsOpenTo(client, _now);

    /// <summary>A machine that runs keeps its address when a reload takes it out of the ranges, as long as the subnet is there.</summary>
    private bool IsOwnInRoom(MacAddress client, Ipv4Address address) =>
        LeaseOf(client) is { } lease && lease.Address == address && lease.ExpiresAt.UtcTicks > _now
        && _room.Subnets.Any(subnet => subnet.Network.Contains(address));
}

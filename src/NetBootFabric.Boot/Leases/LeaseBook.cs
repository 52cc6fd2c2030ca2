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

    /// <summary>How much longer than a subnet's lease time a lease is kept at most (the margin of LeaseTerms), and some seconds by which clocks differ.</summary>
    private static readonly TimeSpan LongestKept = TimeSpan.FromMinutes(11);

    private readonly ILeaseStore _store;
    private readonly IShardOwnership _heads;
    private readonly Lock _lock = new();
    private readonly Dictionary<Ipv4Address, AddressSlot> _slots = [];

    /// <summary>The address that a client had last, and by <see cref="AddressSlot.Earlier"/> those before it, one in each subnet; <see cref="AddressSlot.LastClient"/> is the way back.</summary>
    private readonly Dictionary<MacAddress, AddressSlot> _last = [];
    private readonly Dictionary<OfferKey, AddressSlot> _offers = [];
    private readonly Dictionary<Ipv4Network, AddressPool> _pools = [];
    private readonly Timeline _timeline = new();

    /// <summary>Quarantines that are not on disk.</summary>
    private readonly Dictionary<Ipv4Address, Quarantine> _unwritten = [];
    private Room _room = Room.Empty;

    /// <summary>The latest time that a caller named, unless the clock was set back.</summary>
    private long _now;

    /// <param name="heads">Null: this head node is alone.</param>
    /// <param name="now">Leases that run for longer from now than their subnet's lease time are cut; default: they are taken as they are.</param>
    public LeaseBook(ILeaseStore store, Room room, LeaseInventory inventory, IShardOwnership? heads = null, DateTimeOffset now = default)
    {
        _store = store;
        _heads = heads ?? SoleOwner.Instance;
        (_room, _now, Clock) = (room, now.UtcTicks, inventory.Clock);
        foreach (var lease in inventory.Leases.OrderBy(static lease => lease.ExpiresAt)) Remember(Bounded(lease)); // a client's newest last
        foreach (var quarantine in inventory.Quarantines) SlotOf(quarantine.Address).QuarantinedUntil = quarantine.Until.UtcTicks;
        Reshape(room);
        AskForDoubtful(inventory.Clock);
    }

    /// <summary>A book of everything in <paramref name="store"/>.</summary>
    /// <param name="time">What decisions are made by; null: leases are taken as they are, however long they run.</param>
    public static async Task<LeaseBook> OpenAsync(ILeaseStore store, Room room, CancellationToken cancellation, IShardOwnership? heads = null, TimeProvider? time = null)
    {
        var inventory = await store.LoadAsync(cancellation);
        var book = new LeaseBook(store, room, inventory, heads, time?.GetUtcNow() ?? default);
        book.Correct(inventory);
        return book;
    }

    /// <summary>What the store found of the clock when it was opened.</summary>
    public ClockFinding Clock { get; }

    public Lease? Find(MacAddress client)
    {
        lock (_lock) return LeaseOf(client);
    }

    public Lease? Find(MacAddress client, Ipv4Address address)
    {
        lock (_lock) return _slots.TryGetValue(address, out var slot) && slot.IsLeasedTo(client) ? slot.Lease : null;
    }

    public Lease? Find(MacAddress client, Subnet subnet)
    {
        lock (_lock) return LeaseOf(client, subnet.Network);
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

    /// <summary>Every client's leases, running or expired.</summary>
    public IReadOnlyList<Lease> All()
    {
        lock (_lock) return [.. _slots.Values.Where(static slot => slot.Lease is { } lease && slot.IsLeasedTo(lease.Client)).Select(static slot => slot.Lease!)];
    }

    public IReadOnlyList<Lease> All(MacAddress client)
    {
        var leases = new List<Lease>();
        lock (_lock)
        {
            for (var slot = _last.GetValueOrDefault(client); slot is not null; slot = slot.Earlier)
                if (slot.IsLeasedTo(client)) leases.Add(slot.Lease!);
        }
        return leases;
    }

    public bool MayHave(MacAddress client, Ipv4Address address, DateTimeOffset now)
    {
        lock (_lock)
        {
            Advance(now);
            if (_room.FixedAddresses.ContainsKey(address)) return _room.IsOwner(client, address) && IsOpen(client, address);
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
            AddressSlot? left;
            lock (_lock) left = EndCommit(lease, kept, outcome);
            if (outcome == LeaseCommit.Committed) Changed?.Invoke(new LeaseNews { Granted = lease });
            if (left is not null) Part(lease.Client, left);
            if (outcome == LeaseCommit.Committed) WriteAgain();
            completed(outcome);
        });
    }

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed)
    {
        AddressSlot slot;
        lock (_lock) slot = BeginRelease(address);
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
        Write(quarantine, completed);
    }

    /// <summary>One that could not be written is written behind the next lease that could: a head node that starts later would not know of it, and give what the others refuse.</summary>
    private void Write(Quarantine quarantine, Action<LeaseCommit> completed) => _store.Quarantine(quarantine, outcome =>
    {
        if (outcome == LeaseCommit.Unavailable)
            lock (_lock) _unwritten[quarantine.Address] = quarantine;
        completed(outcome);
    });

    private void WriteAgain()
    {
        if (_unwritten.Count == 0) return;
        List<Quarantine> waiting;
        lock (_lock)
        {
            waiting = [.. _unwritten.Values.Where(quarantine => quarantine.Until.UtcTicks > _now)];
            _unwritten.Clear();
        }
        foreach (var quarantine in waiting) Write(quarantine, static _ => { });
    }

    public void Reshape(Room room)
    {
        lock (_lock)
        {
            _room = room;
            _pools.Clear();
            foreach (var subnet in room.Subnets) _pools[subnet.Network] = new AddressPool(subnet, room.FixedAddresses.Keys, _heads);
            _offers.Clear();
            foreach (var slot in _slots.Values)
            {
                Place(slot);
                if (slot.HeldUntil > _now) _offers[OfferOf(slot.HeldBy, slot)] = slot;
                Settle(slot);
            }
            AskForStrayLeases();
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
        for (var last = _last.GetValueOrDefault(client); last is not null; last = last.Earlier)
            if (last.Pool == pool && last.IsOpenTo(client, _now)) return last.Address;
        if (_offers.TryGetValue(new OfferKey(client, pool), out var offer) && offer.IsHeldBy(client, _now) && offer.IsOpenTo(client, _now)) return offer.Address;
        if (PoolOf(wanted) == pool && IsOpen(client, wanted)) return wanted;
        return pool.FirstFree(client);
    }

    private void Hold(MacAddress client, Ipv4Address address)
    {
        var slot = SlotOf(address);
        var key = OfferOf(client, slot);
        if (_offers.TryGetValue(key, out var earlier) && earlier != slot) Unhold(client, earlier);
        _offers[key] = slot;
        slot.HeldBy = client;
        slot.HeldUntil = _now + OfferTime.Ticks;
        Settle(slot);
    }

    private void Unhold(MacAddress client, AddressSlot slot)
    {
        var key = OfferOf(client, slot);
        if (_offers.GetValueOrDefault(key) == slot) _offers.Remove(key);
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

    /// <summary>The address that the client has left by this: its earlier one in the same subnet.</summary>
    private AddressSlot? EndCommit(Lease lease, bool kept, LeaseCommit outcome)
    {
        var slot = SlotOf(lease.Address);
        if (kept) slot.Pending--;
        var left = outcome == LeaseCommit.Committed ? LeftFor(lease) : null;
        if (outcome == LeaseCommit.Committed) Remember(lease);
        if (outcome == LeaseCommit.AddressTaken) GiveUp(slot, lease.Client);
        if (outcome is LeaseCommit.Committed or LeaseCommit.AddressTaken) Unhold(lease.Client, slot);
        Settle(slot);
        return left;
    }

    /// <summary>
    /// A client has one lease in a subnet; those that it has in others run their time. So has a second one that a reload brought into the same subnet.
    /// </summary>
    private AddressSlot? LeftFor(Lease lease)
    {
        var isNew = !SlotOf(lease.Address).IsLeasedTo(lease.Client);
        for (var slot = _last.GetValueOrDefault(lease.Client); slot is not null; slot = slot.Earlier)
            if (slot.Address != lease.Address && IsSameSubnet(slot.Address, lease.Address) && (isNew || slot.Lease?.IsRunning(new DateTimeOffset(_now, TimeSpan.Zero)) != true)) return slot;
        return null;
    }

    /// <summary>The client is at another address of the subnet: this one is free as soon as the store knows.</summary>
    private void Part(MacAddress client, AddressSlot slot)
    {
        lock (_lock)
        {
            if (slot.LastClient != client) return;
            if (slot.Lease is null)
            {
                Leave(slot);
                return;
            }
            slot.Releases++;
        }
        _store.Release(client, slot.Address, outcome =>
        {
            lock (_lock) EndPart(client, slot, outcome);
            if (outcome == LeaseCommit.Committed) Changed?.Invoke(new LeaseNews { Ended = new LeaseEnd(client, slot.Address) });
        });
    }

    private void EndPart(MacAddress client, AddressSlot slot, LeaseCommit outcome)
    {
        slot.Releases--;
        if (outcome == LeaseCommit.Committed && slot.Lease?.Client == client) Leave(slot);
        else if (slot.Lease?.Client == client) slot.IsInDoubt = true;
        Settle(slot);
    }

    private void Remember(Lease lease)
    {
        var slot = SlotOf(lease.Address);
        if (_last.GetValueOrDefault(lease.Client) != slot) Link(lease.Client, slot);
        Answered(lease.Address);
        slot.Lease = lease;
        slot.IsInDoubt = false;
        slot.LastUsed = lease.ExpiresAt.UtcTicks;
        slot.TakenUntil = 0;
        Settle(slot);
    }

    /// <summary>Nobody's any more, not even by memory.</summary>
    private void Leave(AddressSlot slot)
    {
        if (slot.LastClient is { } client) Unlink(client, slot);
        Answered(slot.Address);
        slot.Lease = null;
        slot.LastUsed = Math.Max(_now, 1);
        Settle(slot);
    }

    private void Link(MacAddress client, AddressSlot slot)
    {
        if (slot.LastClient is { } other) Unlink(other, slot);
        slot.Earlier = _last.GetValueOrDefault(client);
        slot.LastClient = client;
        _last[client] = slot;
    }

    private void Unlink(MacAddress client, AddressSlot slot)
    {
        var newest = _last.GetValueOrDefault(client);
        if (newest == slot && slot.Earlier is { } earlier) _last[client] = earlier;
        else if (newest == slot) _last.Remove(client);
        for (var later = newest; later is not null; later = later.Earlier)
            if (later.Earlier == slot) later.Earlier = slot.Earlier;
        slot.Earlier = null;
        slot.LastClient = null;
    }

    private bool IsSameSubnet(Ipv4Address one, Ipv4Address other) => _room.SubnetOf(one) is { } subnet && subnet.Network.Contains(other);

    private AddressSlot BeginRelease(Ipv4Address address)
    {
        var slot = SlotOf(address);
        slot.Releases++;
        return slot;
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
        Answered(slot.Address);
        slot.Lease = null;
        slot.LastUsed = Math.Max(_now, 1);
        Unhold(client, slot);
    }

    /// <summary>The store knows better than this book who has the address.</summary>
    private void GiveUp(AddressSlot slot, MacAddress client)
    {
        if (slot.Lease is { } lease && lease.Client != client && lease.ExpiresAt.UtcTicks > _now) return;
        if (slot.LastClient is { } last) Unlink(last, slot);
        slot.Lease = null;
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
        if (slot.HeldUntil <= _now && slot.Pending == 0 && OfferOf(slot.HeldBy, slot) is var key && _offers.GetValueOrDefault(key) == slot) _offers.Remove(key);
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

    private Lease? LeaseOf(MacAddress client)
    {
        for (var slot = _last.GetValueOrDefault(client); slot is not null; slot = slot.Earlier)
            if (slot.IsLeasedTo(client)) return slot.Lease;
        return null;
    }

    private Lease? LeaseOf(MacAddress client, Ipv4Network subnet)
    {
        for (var slot = _last.GetValueOrDefault(client); slot is not null; slot = slot.Earlier)
            if (subnet.Contains(slot.Address) && slot.IsLeasedTo(client)) return slot.Lease;
        return null;
    }

    private static OfferKey OfferOf(MacAddress client, AddressSlot slot) => new(client, slot.Pool);

    private bool IsOpen(MacAddress client, Ipv4Address address) => !_slots.TryGetValue(address, out var slot) || slot.IsOpenTo(client, _now);

    /// <summary>A machine that runs keeps its address when a reload takes it out of the ranges, as long as the subnet is there.</summary>
    private bool IsOwnInRoom(MacAddress client, Ipv4Address address) =>
        _slots.TryGetValue(address, out var slot) && slot.IsLeasedTo(client) && slot.Lease!.ExpiresAt.UtcTicks > _now
        && _room.Subnets.Any(subnet => subnet.Network.Contains(address));

    /// <summary>A client may hold an offer in each pool that it asks in.</summary>
    private readonly record struct OfferKey(MacAddress Client, AddressPool? Pool);
}

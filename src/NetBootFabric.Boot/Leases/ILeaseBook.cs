using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Leases;

/// <summary>
/// Leases and pools in memory, backed by an <see cref="ILeaseStore"/>. Thread-safe; look-ups take no I/O.
/// Times come from the caller, so that decisions replay exactly.
/// </summary>
public interface ILeaseBook
{
    /// <summary>The lease that the client got or renewed last, running or expired; null if it never had one or released it.</summary>
    Lease? Find(MacAddress client);

    /// <summary>The client's lease on <paramref name="address"/>, running or expired; null when it has none there.</summary>
    Lease? Find(MacAddress client, Ipv4Address address);

    /// <summary>The client's lease in <paramref name="subnet"/>, running or expired; null when it has none there.</summary>
    Lease? Find(MacAddress client, Subnet subnet);

    /// <summary>The client's leases in all subnets, running or expired, the one renewed last first.</summary>
    IReadOnlyList<Lease> All(MacAddress client);

    /// <summary>Who holds <paramref name="address"/> now; null when nobody does.</summary>
    Lease? Find(Ipv4Address address, DateTimeOffset now);

    /// <summary>
    /// The address for <paramref name="client"/> in <paramref name="subnet"/>: its own last one, else <paramref name="wanted"/> if free, else a free one.
    /// Held for the client for a while (an OFFER needs no write). Null: the pool is exhausted. Fixed addresses are the caller's business.
    /// </summary>
    Ipv4Address? Offer(MacAddress client, Subnet subnet, Ipv4Address wanted, DateTimeOffset now);

    /// <summary>Whether <paramref name="client"/> may have <paramref name="address"/> now: free, held or leased by itself, not in quarantine.</summary>
    bool MayHave(MacAddress client, Ipv4Address address, DateTimeOffset now);

    /// <summary>Durable first, in memory after, then <paramref name="completed"/>, exactly once.</summary>
    void Commit(Lease lease, long epoch, Action<LeaseCommit> completed);

    /// <summary>The lease answers for nothing from now on; the address is free for others once this is durable.</summary>
    void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed);

    void Quarantine(Ipv4Address address, DateTimeOffset until, string reason, Action<LeaseCommit> completed);

    /// <summary>
    /// Whether the fixed address of <paramref name="client"/>'s node is being asked for by ARP, since the lease of another card runs on it: wait for the verdict. Begins the
    /// question. False: it is decided, or nothing came of it.
    /// </summary>
    bool IsInQuestion(MacAddress client, Ipv4Address address, DateTimeOffset now);

    /// <summary>Addresses whose lease runs while its client may be gone: to be probed.</summary>
    IReadOnlyList<Ipv4Address> InQuestion(Subnet subnet);

    /// <summary>Somebody was heard at <paramref name="address"/>: it stays as it is.</summary>
    void Seen(Ipv4Address address);

    /// <summary>Nobody answered at an address in question: its lease ends.</summary>
    void Vanished(Ipv4Address address);

    /// <summary>Pools follow the room when it is reloaded.</summary>
    void Reshape(Room room);

    /// <summary>Addresses in the pool, running leases, held offers, quarantined.</summary>
    PoolUse Use(Subnet subnet, DateTimeOffset now);

    /// <summary>Up to <paramref name="count"/> free addresses that would be given next: to be probed ahead of use.</summary>
    IReadOnlyList<Ipv4Address> NextFree(Subnet subnet, int count, DateTimeOffset now);
}

public readonly record struct PoolUse(int Size, int Leased, int Offered, int Quarantined)
{
    public int Free => Size - Leased - Offered - Quarantined;
}

using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Leases;

/// <summary>
/// Leases on disk. Writes of many clients are committed together; a completion runs exactly once, on any thread, after the commit.
/// </summary>
public interface ILeaseStore
{
    /// <summary>Every lease and quarantine, once, at start.</summary>
    Task<LeaseInventory> LoadAsync(CancellationToken cancellation);

    /// <summary>
    /// The leases of some shards as they are now, after every earlier call, and every quarantine: what a node that takes shards over begins with. Leases whose shard is not
    /// known (-1: written before shards were noted) are among them. Null: the store can't be read.
    /// </summary>
    void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed);

    /// <summary>Writes the lease of <see cref="Lease.Client"/> on <see cref="Lease.Address"/>; its leases on other addresses stay. An expired lease of another client on that address gives way.</summary>
    /// <param name="epoch">The epoch of the client's shard, as its owner knows it; an older one than the store's is refused.</param>
    void Commit(Lease lease, long epoch, Action<LeaseCommit> completed);

    /// <summary>Ends the lease of <paramref name="client"/> on <paramref name="address"/>; nothing happens if it has none there.</summary>
    void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed);

    void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed);
}

public sealed record LeaseInventory(IReadOnlyList<Lease> Leases, IReadOnlyList<Quarantine> Quarantines)
{
    public ClockFinding Clock { get; init; } = ClockFinding.None;
}

public enum LeaseCommit
{
    Committed,

    /// <summary>Another client holds the address.</summary>
    AddressTaken,

    /// <summary>This node no longer owns the client's shard.</summary>
    StaleEpoch,

    /// <summary>The store could not write: disk full, database down.</summary>
    Unavailable,
}

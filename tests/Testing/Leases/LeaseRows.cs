using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Testing.Leases;

/// <summary>The lease table's rules in a dictionary: what the SQL stores do within one transaction. Outlives the store that writes to it, as a disk does.</summary>
public class LeaseRows
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Ipv4Address, List<Lease>> _leases = [];
    private readonly Dictionary<Ipv4Address, Quarantine> _quarantines = [];

    public IReadOnlyCollection<Lease> Leases
    {
        get { lock (_lock) return [.. _leases.Values.SelectMany(static rows => rows)]; }
    }

    public IReadOnlyCollection<Quarantine> Quarantines
    {
        get { lock (_lock) return [.. _quarantines.Values]; }
    }

    /// <summary>The client's lease on <paramref name="address"/>.</summary>
    public Lease? Find(MacAddress client, Ipv4Address address)
    {
        lock (_lock) return _leases.GetValueOrDefault(address)?.Find(lease => lease.Client == client);
    }

    public LeaseCommit Commit(Lease lease, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_leases.TryGetValue(lease.Address, out var rows)) _leases.Add(lease.Address, rows = []);
            if (OtherOn(rows, lease) is { } other)
            {
                if (other.IsRunning(now)) return LeaseCommit.AddressTaken;
                rows.Remove(other);
            }
            rows.RemoveAll(row => row.Client == lease.Client);
            rows.Add(lease);
            return LeaseCommit.Committed;
        }
    }

    public void Release(MacAddress client, Ipv4Address address)
    {
        lock (_lock)
        {
            _leases.GetValueOrDefault(address)?.RemoveAll(lease => lease.Client == client);
        }
    }

    public void Quarantine(Quarantine quarantine)
    {
        lock (_lock) _quarantines[quarantine.Address] = quarantine;
    }

    public LeaseInventory Load() => new([.. Leases], [.. Quarantines]);

    public LeaseInventory Load(IReadOnlyList<int> shards) => new([.. Leases.Where(lease => lease.Shard < 0 || shards.Contains(lease.Shard))], [.. Quarantines]);

    /// <summary>What the unique key on the address finds.</summary>
    protected virtual Lease? OtherOn(IReadOnlyList<Lease> rows, Lease lease) => rows.FirstOrDefault(held => held.Client != lease.Client);
}

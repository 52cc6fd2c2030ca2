using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Testing.Leases;

/// <summary>The lease table's rules in a dictionary: what the SQL stores do within one transaction. Outlives the store that writes to it, as a disk does.</summary>
public class LeaseRows
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MacAddress, Lease> _leases = [];
    private readonly Dictionary<Ipv4Address, Quarantine> _quarantines = [];

    public IReadOnlyCollection<Lease> Leases
    {
        get { lock (_lock) return [.. _leases.Values]; }
    }

    public IReadOnlyCollection<Quarantine> Quarantines
    {
        get { lock (_lock) return [.. _quarantines.Values]; }
    }

    public Lease? Find(MacAddress client)
    {
        lock (_lock) return _leases.GetValueOrDefault(client);
    }

    public LeaseCommit Commit(Lease lease, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (OtherOn(lease) is { } other)
            {
                if (other.IsRunning(now)) return LeaseCommit.AddressTaken;
                _leases.Remove(other.Client);
            }
            _leases[lease.Client] = lease;
            return LeaseCommit.Committed;
        }
    }

    public void Release(MacAddress client, Ipv4Address address)
    {
        lock (_lock)
        {
            if (_leases.TryGetValue(client, out var lease) && lease.Address == address) _leases.Remove(client);
        }
    }

    public void Quarantine(Quarantine quarantine)
    {
        lock (_lock) _quarantines[quarantine.Address] = quarantine;
    }

    public LeaseInventory Load() => new([.. Leases], [.. Quarantines]);

    public LeaseInventory Load(IReadOnlyList<int> shards) => new([.. Leases.Where(lease => lease.Shard < 0 || shards.Contains(lease.Shard))], [.. Quarantines]);

    /// <summary>What the unique key on the address finds.</summary>
    protected virtual Lease? OtherOn(Lease lease)
    {
        foreach (var held in _leases.Values)
            if (held.Address == lease.Address && held.Client != lease.Client) return held;
        return null;
    }
}

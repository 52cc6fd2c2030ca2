using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Leases;

/// <summary>What the book must do, said as plainly as possible and as slowly as need be.</summary>
internal sealed class LeaseModel
{
    private readonly Dictionary<MacAddress, (Ipv4Address Address, DateTimeOffset Until)> _holds = [];
    private readonly Dictionary<MacAddress, Ipv4Address> _last = [];
    private readonly Dictionary<Ipv4Address, DateTimeOffset> _lastUse = [];

    public List<Lease> Leases { get; } = [];
    public Dictionary<Ipv4Address, DateTimeOffset> Quarantined { get; } = [];

    /// <summary>Clients whose release failed: the address is still theirs, but the lease is in doubt.</summary>
    private readonly HashSet<MacAddress> _inDoubt = [];

    public Lease? Find(MacAddress client) => _inDoubt.Contains(client) ? null : LeaseOf(client);

    private Lease? LeaseOf(MacAddress client) => Leases.Find(lease => lease.Client == client);

    public Lease? Find(Ipv4Address address, DateTimeOffset now) => Leases.Find(lease => lease.Address == address && lease.IsRunning(now));

    public bool IsOpen(MacAddress client, Ipv4Address address, DateTimeOffset now)
    {
        if (IsQuarantined(address, now)) return false;
        if (Find(address, now) is { } lease) return lease.Client == client;
        return !_holds.Any(hold => hold.Key != client && hold.Value.Address == address && hold.Value.Until > now);
    }

    public HashSet<Ipv4Address> AllowedOffers(MacAddress client, Ipv4Address wanted, DateTimeOffset now, IEnumerable<Ipv4Address> pool)
    {
        var open = pool.Where(address => IsOpen(client, address, now)).ToHashSet();
        if (_last.TryGetValue(client, out var last) && open.Contains(last)) return [last];
        if (_holds.TryGetValue(client, out var hold) && hold.Until > now && open.Contains(hold.Address)) return [hold.Address];
        if (open.Contains(wanted)) return [wanted];
        open.RemoveWhere(address => _holds.Any(held => held.Value.Address == address && held.Value.Until > now));
        var neverUsed = open.Where(address => !_lastUse.ContainsKey(address)).ToHashSet();
        if (neverUsed.Count > 0 || open.Count == 0) return neverUsed;
        var oldest = open.Min(address => _lastUse[address]);
        return [.. open.Where(address => _lastUse[address] == oldest)];
    }

    public void Hold(MacAddress client, Ipv4Address address, DateTimeOffset until) => _holds[client] = (address, until);

    public void Commit(Lease lease, DateTimeOffset now)
    {
        if (LeaseOf(lease.Client) is { } earlier && earlier.Address != lease.Address) _lastUse[earlier.Address] = now;
        if (_last.TryGetValue(lease.Client, out var last) && last != lease.Address) _lastUse[last] = now;
        Leases.RemoveAll(other => other.Client == lease.Client || other.Address == lease.Address);
        foreach (var (client, address) in _last.Where(entry => entry.Value == lease.Address).ToList()) _last.Remove(client);
        Leases.Add(lease);
        _inDoubt.Remove(lease.Client);
        _last[lease.Client] = lease.Address;
        _lastUse[lease.Address] = lease.ExpiresAt;
        if (_holds.TryGetValue(lease.Client, out var hold) && hold.Address == lease.Address) _holds.Remove(lease.Client);
    }

    public void Release(MacAddress client, Ipv4Address address, DateTimeOffset now)
    {
        if (Leases.RemoveAll(lease => lease.Client == client && lease.Address == address) == 0) return;
        _inDoubt.Remove(client);
        _lastUse[address] = now;
        if (_holds.TryGetValue(client, out var hold) && hold.Address == address) _holds.Remove(client);
    }

    public void FailToRelease(MacAddress client, Ipv4Address address)
    {
        if (LeaseOf(client)?.Address == address) _inDoubt.Add(client);
    }

    public PoolUse Use(IReadOnlyList<Ipv4Address> pool, DateTimeOffset now)
    {
        var quarantined = pool.Count(address => IsQuarantined(address, now));
        var leased = pool.Count(address => !IsQuarantined(address, now) && Find(address, now) is not null);
        var offered = pool.Count(address => !IsQuarantined(address, now) && Find(address, now) is null
            && _holds.Values.Any(hold => hold.Address == address && hold.Until > now));
        return new PoolUse(pool.Count, leased, offered, quarantined);
    }

    private bool IsQuarantined(Ipv4Address address, DateTimeOffset now) => Quarantined.TryGetValue(address, out var until) && until > now;
}

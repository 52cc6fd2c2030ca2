using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Leases;

/// <summary>The port's rules in a dictionary: what the SQL stores do, at once or when told to.</summary>
internal sealed class MemoryLeaseStore : ILeaseStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MacAddress, Lease> _leases = [];
    private readonly Queue<Action> _waiting = [];

    public DateTimeOffset Now { get; set; }
    public bool IsDown { get; set; }

    /// <summary>Completions wait for <see cref="Finish"/>.</summary>
    public bool IsSlow { get; set; }

    public List<Quarantine> Quarantines { get; } = [];

    public IReadOnlyCollection<Lease> Leases
    {
        get { lock (_lock) return [.. _leases.Values]; }
    }

    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation) => Task.FromResult(new LeaseInventory([.. Leases], [.. Quarantines]));

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => Complete(() => completed(Write(lease)));

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => Complete(() => completed(Delete(client, address)));

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed)
    {
        Quarantines.Add(quarantine);
        completed(LeaseCommit.Committed);
    }

    public void Finish()
    {
        while (_waiting.TryDequeue(out var completion)) completion();
    }

    private void Complete(Action completion)
    {
        if (IsSlow) _waiting.Enqueue(completion);
        else completion();
    }

    private LeaseCommit Write(Lease lease)
    {
        lock (_lock)
        {
            if (IsDown) return LeaseCommit.Unavailable;
            var other = _leases.Values.FirstOrDefault(held => held.Address == lease.Address && held.Client != lease.Client);
            if (other?.IsRunning(Now) == true) return LeaseCommit.AddressTaken;
            if (other is not null) _leases.Remove(other.Client);
            _leases[lease.Client] = lease;
            return LeaseCommit.Committed;
        }
    }

    private LeaseCommit Delete(MacAddress client, Ipv4Address address)
    {
        lock (_lock)
        {
            if (IsDown) return LeaseCommit.Unavailable;
            if (_leases.TryGetValue(client, out var lease) && lease.Address == address) _leases.Remove(client);
            return LeaseCommit.Committed;
        }
    }
}

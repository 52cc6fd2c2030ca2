using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests;

/// <summary>Leases in memory whose commits wait until the test lets them through, or fail: what a disk does at its worst moment.</summary>
internal sealed class SlowLeaseStore : ILeaseStore
{
    private readonly Queue<Action> _waiting = new();
    private readonly Dictionary<MacAddress, Lease> _leases = [];

    public bool Holds { get; set; }
    public LeaseCommit? Fault { get; set; }
    public int Commits { get; private set; }
    public IReadOnlyDictionary<MacAddress, Lease> Leases => _leases;
    public List<Quarantine> Quarantines { get; } = [];

    public void Release()
    {
        while (_waiting.TryDequeue(out var commit)) commit();
    }

    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation) => Task.FromResult(new LeaseInventory([.. _leases.Values], Quarantines));

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => Run(completed, () =>
    {
        Commits++;
        if (_leases.Values.Any(other => other.Address == lease.Address && other.Client != lease.Client)) return LeaseCommit.AddressTaken;
        _leases[lease.Client] = lease;
        return LeaseCommit.Committed;
    });

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => Run(completed, () =>
    {
        if (_leases.TryGetValue(client, out var lease) && lease.Address == address) _leases.Remove(client);
        return LeaseCommit.Committed;
    });

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) => Run(completed, () =>
    {
        Quarantines.Add(quarantine);
        return LeaseCommit.Committed;
    });

    private void Run(Action<LeaseCommit> completed, Func<LeaseCommit> write)
    {
        _waiting.Enqueue(() => completed(Fault ?? write()));
        if (!Holds) Release();
    }
}

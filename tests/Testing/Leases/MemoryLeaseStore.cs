using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Testing.Leases;

/// <summary>Leases in memory, written at once or when told to, or not at all: what a disk does at its worst moment.</summary>
public sealed class MemoryLeaseStore : ILeaseStore
{
    private readonly LeaseRows _rows = new();
    private readonly Queue<Action> _waiting = [];

    /// <summary>By this clock an earlier lease on an address has expired.</summary>
    public DateTimeOffset Now { get; set; }
    public bool IsDown { get; set; }

    /// <summary>While true, calls wait for <see cref="Finish"/>.</summary>
    public bool Holds { get; set; }

    /// <summary>Commits that reached the table.</summary>
    public int Commits { get; private set; }

    public IReadOnlyCollection<Lease> Leases => _rows.Leases;
    public IReadOnlyCollection<Quarantine> Quarantines => _rows.Quarantines;

    public Lease? Find(MacAddress client, Ipv4Address address) => _rows.Find(client, address);

    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation) => Task.FromResult(_rows.Load());

    public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed)
    {
        if (Holds) _waiting.Enqueue(Run);
        else Run();

        void Run() => completed(IsDown ? null : _rows.Load(shards));
    }

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => Write(completed, () =>
    {
        Commits++;
        return _rows.Commit(lease, Now);
    });

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => Write(completed, () =>
    {
        _rows.Release(client, address);
        return LeaseCommit.Committed;
    });

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) => Write(completed, () =>
    {
        _rows.Quarantine(quarantine);
        return LeaseCommit.Committed;
    });

    /// <summary>Does what waits.</summary>
    public void Finish()
    {
        while (_waiting.TryDequeue(out var write)) write();
    }

    private void Write(Action<LeaseCommit> completed, Func<LeaseCommit> write)
    {
        if (Holds) _waiting.Enqueue(Run);
        else Run();

        void Run() => completed(IsDown ? LeaseCommit.Unavailable : write());
    }
}

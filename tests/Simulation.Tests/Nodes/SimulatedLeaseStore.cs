using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>One run of a head node on the disk: writes take effect in order, each some time after it was asked for, and complete some time after that.</summary>
internal sealed class SimulatedLeaseStore(World world) : ILeaseStore
{
    private readonly Dictionary<Ipv4Address, DateTimeOffset> _quarantined = world.Disk.Rows.Quarantines.ToDictionary(rest => rest.Address, rest => rest.Until);
    private TimeSpan _lastWritten;
    private TimeSpan _lastCompleted;
    private bool _isDead;

    /// <summary>Writes asked for and not completed.</summary>
    public int Waiting { get; private set; }

    /// <summary>A quarantine holds from the moment it was asked for, also when its write fails.</summary>
    public bool IsQuarantined(Ipv4Address address) => _quarantined.GetValueOrDefault(address) > world.Now;

    public void Crash() => _isDead = true;

    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation) => Task.FromResult(world.Disk.Rows.Load());

    /// <summary>Reads in the order of the writes.</summary>
    public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed)
    {
        if (_isDead) return;
        InOrder(ref _lastWritten, world.Disk.WriteTime(), () =>
        {
            if (_isDead) return;
            var inventory = world.Disk.Fate() == WriteFate.Written ? world.Disk.Rows.Load(shards) : null;
            InOrder(ref _lastCompleted, world.Between(0, 0.003), () =>
            {
                if (!_isDead) completed(inventory);
            });
        });
    }

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => Write(completed, lease.Client, () =>
    {
        var outcome = world.Disk.Rows.Commit(lease, world.Now);
        world.Note($"disk: {outcome}", lease.Client, lease.Address);
        return outcome;
    });

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => Write(completed, client, () =>
    {
        world.Disk.Rows.Release(client, address);
        world.Note("disk: released", client, address);
        return LeaseCommit.Committed;
    });

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed)
    {
        _quarantined[quarantine.Address] = quarantine.Until;
        Write(completed, default, () =>
        {
            world.Disk.Rows.Quarantine(quarantine);
            world.Note("disk: quarantined", default, quarantine.Address);
            return LeaseCommit.Committed;
        });
    }

    private void Write(Action<LeaseCommit> completed, MacAddress client, Func<LeaseCommit> apply)
    {
        if (_isDead) return;
        Waiting++;
        InOrder(ref _lastWritten, world.Disk.WriteTime(), () => Apply(completed, client, apply));
    }

    private void Apply(Action<LeaseCommit> completed, MacAddress client, Func<LeaseCommit> apply)
    {
        if (_isDead) return;
        var fate = world.Disk.Fate();
        var outcome = fate == WriteFate.Failed ? LeaseCommit.Unavailable : apply();
        if (fate != WriteFate.Written)
        {
            world.Note($"disk: write failed ({fate})", client);
            world.Ledger.OnWriteFailed(client);
            outcome = LeaseCommit.Unavailable;
        }
        world.Ledger.CheckRows();
        InOrder(ref _lastCompleted, world.Between(0, 0.003), () => Complete(completed, outcome));
    }

    private void Complete(Action<LeaseCommit> completed, LeaseCommit outcome)
    {
        if (_isDead) return;
        Waiting--;
        completed(outcome);
    }

    private void InOrder(ref TimeSpan last, TimeSpan time, Action action)
    {
        var now = world.Time.Elapsed;
        last = last > now + time ? last : now + time;
        world.After(last - now, action);
    }
}

using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>One run of a head node at the database: calls take effect in order, each some time after it was made, and complete some time after that.</summary>
internal sealed class SimulatedLeaseStore(World world, Head head, HeadNode node) : ILeaseStore
{
    private readonly Dictionary<Ipv4Address, DateTimeOffset> _quarantined = world.Database.Rows.Quarantines.ToDictionary(rest => rest.Address, rest => rest.Until);
    private TimeSpan _lastWritten;
    private TimeSpan _lastCompleted;
    private bool _isDead;

    /// <summary>Writes asked for and not completed.</summary>
    public int Waiting { get; private set; }

    /// <summary>A quarantine holds from the moment it was asked for, also when its write fails.</summary>
    public bool IsQuarantined(Ipv4Address address) => _quarantined.GetValueOrDefault(address) > world.Now;

    /// <summary>What was sent to a database over the network before the crash may be done after it.</summary>
    public void Crash() => _isDead = !world.Plan.IsCluster || world.Random.Next(2) == 0;

    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation) => Task.FromResult(world.Database.Rows.Load());

    public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed)
    {
        Waiting++;
        InOrder(ref _lastWritten, head.Link.WriteTime(), () =>
        {
            if (_isDead) return;
            var inventory = head.Link.Fate() == WriteFate.Written ? world.Database.Rows.Load(shards) : null;
            InOrder(ref _lastCompleted, world.Between(0, 0.003), () => Complete(() => completed(inventory)));
        });
    }

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed)
    {
        var writer = node.Writer(epoch);
        Write(completed, lease.Client, () =>
        {
            var outcome = world.Database.Commit(lease, writer);
            world.Note($"{head.Name}: {outcome}", lease.Client, lease.Address);
            return outcome;
        });
    }

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed)
    {
        var writer = node.Writer(-1);
        Write(completed, client, () =>
        {
            if (!world.Database.Accepts(writer)) return LeaseCommit.StaleEpoch;
            world.Database.Rows.Release(client, address);
            world.Note($"{head.Name}: released", client, address);
            return LeaseCommit.Committed;
        });
    }

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed)
    {
        _quarantined[quarantine.Address] = quarantine.Until;
        var writer = node.Writer(-1);
        Write(completed, default, () =>
        {
            if (!world.Database.Accepts(writer)) return LeaseCommit.StaleEpoch;
            world.Database.Rows.Quarantine(quarantine);
            world.Note($"{head.Name}: quarantined", default, quarantine.Address);
            return LeaseCommit.Committed;
        });
    }

    private void Write(Action<LeaseCommit> completed, MacAddress client, Func<LeaseCommit> apply)
    {
        if (_isDead) return;
        Waiting++;
        InOrder(ref _lastWritten, head.Link.WriteTime(), () => Apply(completed, client, apply));
    }

    private void Apply(Action<LeaseCommit> completed, MacAddress client, Func<LeaseCommit> apply)
    {
        if (_isDead) return;
        var fate = head.Link.Fate();
        var outcome = fate == WriteFate.Failed ? LeaseCommit.Unavailable : apply();
        if (fate != WriteFate.Written)
        {
            world.Note($"{head.Name}: write failed ({fate})", client);
            world.Ledger.OnWriteFailed(client);
            outcome = LeaseCommit.Unavailable;
        }
        world.Ledger.CheckRows();
        InOrder(ref _lastCompleted, world.Between(0, 0.003), () => Complete(() => completed(outcome)));
    }

    private void Complete(Action completed)
    {
        Waiting--;
        node.Schedule(completed);
    }

    private void InOrder(ref TimeSpan last, TimeSpan time, Action action)
    {
        var now = world.Time.Elapsed;
        last = last > now + time ? last : now + time;
        world.After(last - now, action);
    }
}

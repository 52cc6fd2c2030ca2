using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Leases;

internal sealed class CommitLease(Lease lease, long epoch, TimeProvider time, Action<LeaseCommit> completed) : WriteItem<SqliteSession>
{
    public override string What => "lease";

    private LeaseCommit _outcome;

    public override void Apply(SqliteSession session) => _outcome = session.Leases.Commit(lease, epoch, time.GetUtcNow());

    public override void Complete(Exception? failure) => completed(failure is null ? _outcome : LeaseCommit.Unavailable);
}

internal sealed class ReleaseLease(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) : WriteItem<SqliteSession>
{
    public override string What => "lease";

    public override void Apply(SqliteSession session) => session.Leases.Release(client, address);

    public override void Complete(Exception? failure) => completed(failure is null ? LeaseCommit.Committed : LeaseCommit.Unavailable);
}

internal sealed class QuarantineAddress(Quarantine quarantine, Action<LeaseCommit> completed) : WriteItem<SqliteSession>
{
    public override string What => "lease";

    public override void Apply(SqliteSession session) => session.Leases.Quarantine(quarantine);

    public override void Complete(Exception? failure) => completed(failure is null ? LeaseCommit.Committed : LeaseCommit.Unavailable);
}

/// <param name="shards">Null: all.</param>
/// <param name="completed">The inventory, or why there is none.</param>
internal sealed class LoadLeases(IReadOnlySet<int>? shards, TimeProvider time, Action<LeaseInventory?, Exception?> completed) : WriteItem<SqliteSession>
{
    private LeaseInventory? _inventory;

    public override void Apply(SqliteSession session) => _inventory = session.Leases.Load(time.GetUtcNow(), shards);

    public override void Complete(Exception? failure) => completed(failure is null ? _inventory : null, failure);
}

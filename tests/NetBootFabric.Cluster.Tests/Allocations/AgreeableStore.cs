using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Allocations;

/// <summary>Says at once that every lease is on disk, and keeps none.</summary>
internal sealed class AgreeableStore : ILeaseStore
{
    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation) => Task.FromResult(new LeaseInventory([], []));

    public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed) => completed(new LeaseInventory([], []));

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);
}

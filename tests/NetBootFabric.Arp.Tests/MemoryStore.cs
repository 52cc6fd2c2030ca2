using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Arp.Tests;

/// <summary>A store that commits everything at once and keeps nothing: the real <see cref="LeaseBook"/> holds what matters here.</summary>
internal sealed class MemoryStore : ILeaseStore
{
    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation) => Task.FromResult(new LeaseInventory([], []));

    public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed) => completed(new LeaseInventory([], []));

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);
}

using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>A lease book that misses a lease when it is opened.</summary>
internal class ForgottenLease : Plant
{
    public override ILeaseStore Store(ILeaseStore store) => new ForgetfulStore(store);

    private sealed class ForgetfulStore(ILeaseStore store) : ILeaseStore
    {
        public async Task<LeaseInventory> LoadAsync(CancellationToken cancellation)
        {
            var all = await store.LoadAsync(cancellation);
            return all with { Leases = [.. all.Leases.Skip(1)] };
        }

        public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed) => store.Load(shards, completed);

        public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => store.Commit(lease, epoch, completed);

        public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => store.Release(client, address, completed);

        public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) => store.Quarantine(quarantine, completed);
    }
}

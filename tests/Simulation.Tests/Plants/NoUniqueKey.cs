using NetBootFabric.Boot.Leases;
using NetBootFabric.Testing.Leases;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>A lease table without a unique key on the address. The key is the last guard: it is needed when a lease book errs.</summary>
internal sealed class NoUniqueKey : ForgottenLease
{
    public override LeaseRows Rows() => new HeapOfRows();

    private sealed class HeapOfRows : LeaseRows
    {
        protected override Lease? OtherOn(IReadOnlyList<Lease> rows, Lease lease) => null;
    }
}

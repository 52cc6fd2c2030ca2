using NetBootFabric.Boot.Leases;
using NetBootFabric.Testing.Leases;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>A lease table without a unique key on the address.</summary>
internal sealed class NoUniqueKey : Plant
{
    public override LeaseRows Rows() => new HeapOfRows();

    private sealed class HeapOfRows : LeaseRows
    {
        protected override Lease? OtherOn(Lease lease) => null;
    }
}

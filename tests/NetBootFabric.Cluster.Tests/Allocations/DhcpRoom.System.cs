using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;

namespace NetBootFabric.Cluster.Tests.Allocations;

internal sealed partial class DhcpRoom
{
    private readonly DeterministicRuntime _runtime = new(seed: 1);

    private TimeProvider Time => _runtime.TimeProvider;

    private DhcpLane Lane(FabricServices services)
    {
        var system = new SimulatedNode(_runtime).CreateSystem("fabric", null, FabricSystem.Serializers, new VirtualJournalStore(Time) { KeepsNothing = true });
        return new DhcpLane(system, FabricSystem.Region(system, services), Time);
    }

    private void RunActors() => _runtime.RunUntilIdle();
}

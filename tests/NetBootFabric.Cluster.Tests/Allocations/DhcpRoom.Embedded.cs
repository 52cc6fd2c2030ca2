using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Tests.Allocations;

internal sealed partial class DhcpRoom
{
    private static TimeProvider Time => TimeProvider.System;

    private static DhcpLane Lane(FabricServices services)
    {
        using var start = DispatchBatch.Begin(); // what starts here starts on this thread
        var system = ActorSystem.Create("fabric", new EmbeddedSetup
        {
            JournalStore = new ForgetfulJournal(),
            Serializers = system => [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])],
        });
        return new DhcpLane(system, FabricRegion.Start(system, services), TimeProvider.System);
    }

    /// <summary>They have run: <see cref="DhcpLane.Gather"/> ran them.</summary>
    private static void RunActors() { }
}

using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Simulation.Tests.Nodes;

internal sealed partial class HeadNode
{
    private static readonly SerializationSetup Serializers = SerializationSetup.Create(static system =>
        [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])]);

    public void Schedule(Action run) => _process.Schedule(run);

    private SimulatedNode Process() => new(_world.Runtime, _head.Skew);

    private ActorSystem System() => _process.CreateSystem("fabric", null, Serializers, _journal);

    private FabricMembership? Membership() => null;

    private IActorRef Region(FabricServices services)
    {
        var region = _system.ActorOf(Props.Create(() => new VirtualRegion(new VirtualRegionSettings
        {
            Extractor = new ClientMessageExtractor(),
            Entity = id => Props.Create(typeof(BootClient), id, services),
            StopMessage = StopClient.Instance,
        })), "client");
        FabricRegion.Watch(_system, services, region);
        return region;
    }

    private void Unplug() { }

    public Writer Writer(long epoch) => new(_head.Name, 0, epoch);

    public long EpochOf(int shard) => 0;

    public void Leave() => _head.Left(this);

    private void MeetTheOthers() { }
}

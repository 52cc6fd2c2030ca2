using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Simulation.Tests.Nodes;

internal sealed partial class HeadNode
{
    private static readonly SerializationSetup Serializers = SerializationSetup.Create(static system =>
        [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])]);

    public void Schedule(Action run) => _process.Schedule(run);

    private SimulatedNode Process() => new(_world.Runtime, _head.Skew);

    /// <summary>Of one among others its membership begins it.</summary>
    private ActorSystem System() => _world.Plan.IsCluster ? null! : _process.CreateSystem("fabric", null, Serializers, _journal);

    private IActorRef Region(FabricServices services)
    {
        if (_world.Plan.IsCluster) return OuterRegion(services);
        _ledgers.Start(_system);
        return Region(_system, services, static _ => ShardHome.Here);
    }

    private static IActorRef Region(ActorSystem system, FabricServices services, Func<string, ShardHome> home)
    {
        var region = system.ActorOf(RegionOf(services, home), "client");
        FabricRegion.Watch(system, services, region);
        return region;
    }

    private static Props RegionOf(FabricServices services, Func<string, ShardHome> home) => Props.Create(() => new VirtualRegion(new VirtualRegionSettings
    {
        Extractor = new ClientMessageExtractor(),
        Entity = id => FabricRegion.PropsOf(id, services),
        StopMessage = StopClient.Instance,
        Home = home,
    }));

    private DhcpLane Lane(IShardOwnership ownership) => _world.Plan.IsCluster ? new(_region, Time, ownership, null) : new(_system, _region, Time, ownership);

    public void Pause()
    {
        _process.Pause();
        _actors?.Pause();
    }

    public void Resume()
    {
        _process.Resume();
        _actors?.Resume();
    }

    private void Unplug()
    {
        _killed = true;
        _ring?.Die();
        _actors?.Kill();
    }
}

using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Simulation.Tests.Nodes;

internal sealed partial class HeadNode
{
    private HostClock _clock = null!;

    public MessageDispatcher Dispatcher => _process.Dispatcher;

    public void Schedule(Action run) => Dispatcher.Schedule(run);

    private SimulatedNode Process()
    {
        _clock = new HostClock(_world.Time, _head.Skew);
        return new SimulatedNode(_world.Dispatcher, _clock);
    }

    private ActorSystem System() => ActorSystem.Create("fabric", new EmbeddedSetup
    {
        Dispatcher = Dispatcher,
        TimeProvider = Time,
        Cluster = Cluster(),
        JournalStore = _journal,
        Serializers = system => [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])],
    });

    private FabricMembership? Membership() => _world.Plan.IsCluster ? new FabricMembership(_system) : null;

    private IActorRef Region(FabricServices services)
    {
        _ledgers.Start(_system);
        return FabricRegion.Start(_system, services);
    }

    private DhcpLane Lane(IShardOwnership ownership) => new(_system, _region, Time, ownership);

    public void Pause() => _process.Pause();

    public void Resume() => _process.Resume();

    private void Unplug()
    {
        _transport?.Dispose();
        _clock.Kill();
    }
}

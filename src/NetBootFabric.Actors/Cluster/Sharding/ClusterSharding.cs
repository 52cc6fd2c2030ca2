using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>Entities: actors that are addressed by an id and started by their first message.</summary>
public class ClusterSharding : IExtension
{
    private readonly ActorSystemImpl _system;
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _regions = new();
    private readonly LocalActorRef _guardian;

    internal ClusterSharding(ActorSystemImpl system)
    {
        _system = system;
        Ownership = Cluster.Get(system).Ownership;
        _guardian = (LocalActorRef)system.SystemActorOf(Props.Of(static () => new Guardian()), "sharding");
    }

    /// <summary>Which shards are this node's. Of this engine alone.</summary>
    public ShardOwnership Ownership { get; }

    public ImmutableHashSet<string> ShardTypeNames => [.. _regions.Keys];

    public static ClusterSharding Get(ActorSystem system) => ActorSystemImpl.Of(system).Extension(static inner => new ClusterSharding(inner));

    public IActorRef Start(string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor, IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Start(typeName, new EntityType(typeName, entityPropsFactory, settings, messageExtractor, handOffStopMessage));

    public IActorRef Start(string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Start(typeName, entityPropsFactory, settings, messageExtractor, DefaultShardAllocationStrategy(settings), PoisonPill.Instance);

    public IActorRef Start(string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor, IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Start(typeName, _ => entityProps, settings, messageExtractor, allocationStrategy, handOffStopMessage);

    public IActorRef Start(string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Start(typeName, _ => entityProps, settings, messageExtractor);

    public Task<IActorRef> StartAsync(string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor, IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, messageExtractor, allocationStrategy, handOffStopMessage));

    public Task<IActorRef> StartAsync(string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, messageExtractor));

    public Task<IActorRef> StartAsync(string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor, IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Task.FromResult(Start(typeName, entityProps, settings, messageExtractor, allocationStrategy, handOffStopMessage));

    public Task<IActorRef> StartAsync(string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Task.FromResult(Start(typeName, entityProps, settings, messageExtractor));

    /// <exception cref="InvalidOperationException">That type was not started.</exception>
    public IActorRef ShardRegion(string typeName) => _regions.TryGetValue(typeName, out var region)
        ? region.Value
        : throw new InvalidOperationException($"Shard type [{typeName}] must be started first");

    public IShardAllocationStrategy DefaultShardAllocationStrategy(ClusterShardingSettings settings) => AllHere.Instance;

    private IActorRef Start(string typeName, EntityType type) => _regions.GetOrAdd(typeName, _ => new Lazy<IActorRef>(() => StartRegion(type))).Value;

    private ShardRegionRef StartRegion(EntityType type)
    {
        var table = new EntityTable(_system, type);
        var props = Props.Of(() => new ShardRegionActor(table));
        var region = (ShardRegionRef)_guardian.Cell.StartChild(Uri.EscapeDataString(type.Name), checksName: true, (Props: props, table),
            static (cell, path, it) => new ShardRegionRef(cell.SystemImpl, path, it.Props, cell.SelfRef, it.table));
        var cluster = Cluster.Get(_system);
        cluster.AddRegion(region);
        var shutdown = CoordinatedShutdown.Get(_system);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShardingShutdownRegion, $"region-shutdown-{type.Name}", async () =>
        {
            // While others are there to take them, shards are handed over one by one before the region ends.
            await cluster.LeaveWithin(shutdown.Timeout(CoordinatedShutdown.PhaseClusterShardingShutdownRegion) / 2);
            await region.GracefulStop(shutdown.Timeout(CoordinatedShutdown.PhaseClusterShardingShutdownRegion), GracefulShutdown.Instance);
            return Done.Instance;
        });
        return region;
    }

    private sealed class AllHere : IShardAllocationStrategy
    {
        public static readonly AllHere Instance = new();
    }
}

/// <summary>What is the same for all entities of one type.</summary>
internal sealed record EntityType(string Name, Func<string, Props> PropsFor, ClusterShardingSettings Settings, IMessageExtractor Extractor, object HandOffStopMessage);

using System.Collections.Immutable;

namespace NetBootFabric.Actors.Cluster.Sharding;

public interface IShardRegionCommand;

public interface IShardRegionQuery;

/// <summary>A message and the entity that it is for.</summary>
public sealed class ShardingEnvelope(string entityId, object message) : IEquatable<ShardingEnvelope>
{
    public string EntityId => entityId;
    public object Message => message;

    public bool Equals(ShardingEnvelope? other) => other is not null && EntityId == other.EntityId && Equals(Message, other.Message);

    public override bool Equals(object? obj) => Equals(obj as ShardingEnvelope);

    public override int GetHashCode() => HashCode.Combine(EntityId, Message);
}

/// <summary>An entity tells its parent that it wants to rest: the stop message comes back, and what arrives from then on waits for the next incarnation.</summary>
public sealed class Passivate(object stopMessage) : IShardRegionCommand
{
    public object StopMessage => stopMessage;
}

/// <summary>Stops the region's entities with the hand-off message, then the region.</summary>
public sealed class GracefulShutdown : IShardRegionCommand
{
    private GracefulShutdown() { }

    public static readonly GracefulShutdown Instance = new();
}

/// <summary>Answered with <see cref="CurrentShardRegionState"/>.</summary>
public sealed class GetShardRegionState : IShardRegionQuery
{
    private GetShardRegionState() { }

    public static readonly GetShardRegionState Instance = new();
}

public sealed class ShardState(string shardId, IImmutableSet<string> entityIds) : IEquatable<ShardState>
{
    public string ShardId => shardId;
    public IImmutableSet<string> EntityIds => entityIds;

    public bool Equals(ShardState? other) => other is not null && ShardId == other.ShardId && EntityIds.SetEquals(other.EntityIds);

    public override bool Equals(object? obj) => Equals(obj as ShardState);

    public override int GetHashCode() => ShardId.GetHashCode();
}

public sealed class CurrentShardRegionState(IImmutableSet<ShardState> shards, IImmutableSet<string> failed)
{
    public readonly IImmutableSet<ShardState> Shards = shards;
    public readonly IImmutableSet<string> Failed = failed;
}

/// <summary>Answered with <see cref="ShardRegionStats"/>.</summary>
public sealed class GetShardRegionStats : IShardRegionQuery
{
    private GetShardRegionStats() { }

    public static readonly GetShardRegionStats Instance = new();
}

/// <summary>Entities by shard.</summary>
public sealed class ShardRegionStats(IImmutableDictionary<string, int> stats, IImmutableSet<string> failed)
{
    public readonly IImmutableDictionary<string, int> Stats = stats;
    public readonly IImmutableSet<string> Failed = failed;
}

/// <summary>Answered with <see cref="ClusterShardingStats"/>.</summary>
public sealed class GetClusterShardingStats(TimeSpan timeout) : IShardRegionQuery
{
    public readonly TimeSpan Timeout = timeout;
}

public sealed class ClusterShardingStats(IImmutableDictionary<Address, ShardRegionStats> regions)
{
    public readonly IImmutableDictionary<Address, ShardRegionStats> Regions = regions;
}

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>
/// Tells from a message which entity it is for. Called on the threads that tell the region, several at a time: it must not keep state.
/// A <see cref="ShardingEnvelope"/> is opened before it is asked.
/// </summary>
public interface IMessageExtractor
{
    /// <summary>Null: the message is for no entity, and dropped.</summary>
    string? EntityId(object message);

    object? EntityMessage(object message);

    string ShardId(string entityId, object? messageHint = null);
}

/// <summary>Spreads entities over a fixed number of shards by the hash of their id.</summary>
public abstract class HashCodeMessageExtractor : IMessageExtractor
{
    public readonly int MaxNumberOfShards;

    /// <summary>Made when they are first asked for, and kept: every message asks for one.</summary>
    private readonly string?[] _shardIds;

    protected HashCodeMessageExtractor(int maxNumberOfShards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfShards, 1);
        MaxNumberOfShards = maxNumberOfShards;
        _shardIds = new string?[maxNumberOfShards];
    }

    public static HashCodeMessageExtractor Create(int maxNumberOfShards, Func<object, string?> entityIdExtractor, Func<object, object>? messageExtractor = null) =>
        new OfFunctions(maxNumberOfShards, entityIdExtractor, messageExtractor);

    public abstract string? EntityId(object message);

    public virtual object? EntityMessage(object message) => message;

    public virtual string ShardId(string entityId, object? messageHint = null)
    {
        var shard = ShardOf(entityId, MaxNumberOfShards);
        return _shardIds[shard] ??= shard.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The number of an entity's shard, without a text for either.</summary>
    public static int ShardOf(ReadOnlySpan<char> entityId, int shards) => (int)((uint)Math.Abs((long)Util.MurmurHash.StringHash(entityId)) % shards);

    private sealed class OfFunctions(int shards, Func<object, string?> id, Func<object, object>? message) : HashCodeMessageExtractor(shards)
    {
        public override string? EntityId(object sharded) => id(sharded);

        public override object EntityMessage(object sharded) => message is null ? sharded : message(sharded);
    }
}

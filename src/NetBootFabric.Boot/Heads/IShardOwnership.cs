using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Heads;

/// <summary>Which clients are this head node's now. Thread-safe and cheap: asked for every packet.</summary>
public interface IShardOwnership
{
    /// <summary>Shards of the fabric, numbered from 0.</summary>
    int Shards { get; }

    int ShardOf(MacAddress client);

    bool Owns(int shard);

    /// <summary>The epoch under which this node owns the shard; -1 when it does not.</summary>
    long EpochOf(int shard);
}

/// <summary>A head node that is alone owns everybody.</summary>
public sealed class SoleOwner : IShardOwnership
{
    public static SoleOwner Instance { get; } = new();

    private SoleOwner() { }

    public int Shards => 1;
    public int ShardOf(MacAddress client) => 0;
    public bool Owns(int shard) => true;
    public long EpochOf(int shard) => 0;
}

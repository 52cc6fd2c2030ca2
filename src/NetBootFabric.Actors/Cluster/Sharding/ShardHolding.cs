namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>One shard that this node owns, and how far it is with it.</summary>
internal sealed class ShardHolding(int shard, long epoch)
{
    public int Shard => shard;
    public long Epoch => epoch;
    public HoldingPhase Phase { get; set; }

    /// <summary>Regions whose entities of the shard have not stopped yet.</summary>
    public int StillRunning { get; set; }
}

internal enum HoldingPhase
{
    /// <summary>The application reloads what it needs; messages wait.</summary>
    Preparing = 0,
    Serving,

    /// <summary>Entities are being stopped; messages wait.</summary>
    Stopping,

    /// <summary>To be handed over now.</summary>
    Stopped,

    /// <summary>The store was asked to hand it over: it may be another's already.</summary>
    Given,
}

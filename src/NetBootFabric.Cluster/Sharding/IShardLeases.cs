namespace NetBootFabric.Cluster.Sharding;

/// <summary>Who says whether a shard may begin on this node. Thread-safe.</summary>
public interface IShardLeases
{
    /// <summary>Completes with true when the shard may begin: it is this node's, and everything that its clients need is read. False: ask again later.</summary>
    /// <param name="lost">Called when it has to stop at once.</param>
    Task<bool> AcquireAsync(int shard, Action<Exception> lost);

    /// <summary>It has stopped here. Returns at once: many shards stop together, each of them waits for this.</summary>
    void Release(int shard);

    bool Owns(int shard);
}

/// <summary>Given to the actor system when that is made; where there is a membership its store gives the leases.</summary>
public sealed class ShardLeaseSetup(IShardLeases leases) : Akka.Actor.Setup.Setup
{
    public IShardLeases Leases => leases;
}

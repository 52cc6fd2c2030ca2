using NetBootFabric.Cluster.Ledger;

namespace NetBootFabric.Cluster.Sharding;

/// <summary>
/// The shards of a head node that is alone: all are its own. One begins once its history is read, or its patience is over: what is said of a client before that would be taken for
/// word of a machine that nobody knows, and be lost.
/// </summary>
public sealed class LoneLeases(Ledgers ledgers) : IShardLeases
{
    public async Task<bool> AcquireAsync(int shard, Action<Exception> lost)
    {
        await ledgers.OpenAsync(shard).ConfigureAwait(false);
        return true;
    }

    public void Release(int shard) { }

    public bool Owns(int shard) => true;
}

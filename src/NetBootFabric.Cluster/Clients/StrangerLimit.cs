namespace NetBootFabric.Cluster.Clients;

/// <summary>
/// How many machines may be in memory at a time of which nothing is known but a MAC address: no node entry, no lease, no history.
/// Anybody on the network can make up MAC addresses; a real machine is bound within seconds and no stranger any more.
/// </summary>
/// <param name="limit">More than the machines of a large room that are all new: some 4 KB each.</param>
public sealed class StrangerLimit(int limit)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= limit) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}

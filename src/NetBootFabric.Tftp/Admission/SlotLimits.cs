using System.Collections.Concurrent;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Admission;

/// <summary>The bound of what clients can make a server remember, whatever the link: transfers that run or wait. For all workers at a time.</summary>
/// <param name="total">Transfers at a time.</param>
/// <param name="perClient">Transfers at a time of one address, so that one client can't take every slot.</param>
internal sealed class SlotLimits(int total, int perClient)
{
    private readonly ConcurrentDictionary<Ipv4Address, int> _clients = new();
    private int _taken;

    /// <summary>Transfers that hold a slot.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Every slot taken is given back by <see cref="Release"/>.</summary>
    public bool TryTake(Ipv4Address peer)
    {
        if (Interlocked.Increment(ref _taken) > total)
        {
            Interlocked.Decrement(ref _taken);
            return false;
        }
        if (_clients.AddOrUpdate(peer, 1, static (_, count) => count + 1) <= perClient) return true;
        Release(peer);
        return false;
    }

    public void Release(Ipv4Address peer)
    {
        Interlocked.Decrement(ref _taken);
        var left = _clients.AddOrUpdate(peer, 0, static (_, count) => count - 1);
        // Removed only while it is still zero: another worker may be admitting the same client.
        if (left == 0) _clients.TryRemove(KeyValuePair.Create(peer, 0));
    }
}

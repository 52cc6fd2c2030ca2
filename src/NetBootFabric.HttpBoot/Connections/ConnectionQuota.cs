using System.Collections.Concurrent;
using System.Net;

namespace NetBootFabric.HttpBoot.Connections;

/// <summary>How many connections are open, in all and for each client. Holds no more entries than there are connections.</summary>
internal sealed class ConnectionQuota(int total, int perClient)
{
    private readonly ConcurrentDictionary<IPAddress, int> _open = new();
    private int _count;

    public bool TryEnter(IPAddress client)
    {
        var all = Interlocked.Increment(ref _count);
        var own = _open.AddOrUpdate(client, 1, static (_, open) => open + 1);
        if (all <= total && own <= perClient) return true;
        Leave(client);
        return false;
    }

    public void Leave(IPAddress client)
    {
        Interlocked.Decrement(ref _count);
        while (_open.TryGetValue(client, out var open))
        {
            var left = open > 1 ? _open.TryUpdate(client, open - 1, open) : _open.TryRemove(KeyValuePair.Create(client, open));
            if (left) return;
        }
    }
}

using System.Runtime.InteropServices;

namespace NetBootFabric.HttpBoot.Connections;

/// <summary>How many connections are open, in all and for each client. Holds no more entries than there are connections. Any thread.</summary>
internal sealed class ConnectionQuota(int total, int perClient)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, int> _open = [];
    private int _count;

    /// <param name="client">Its address, in host order.</param>
    public bool TryEnter(uint client)
    {
        lock (_lock)
        {
            if (_count >= total) return false;
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, client, out _);
            if (own >= perClient) return false;
            own++;
            _count++;
            return true;
        }
    }

    public void Leave(uint client)
    {
        lock (_lock)
        {
            _count--;
            if (--CollectionsMarshal.GetValueRefOrNullRef(_open, client) == 0) _open.Remove(client);
        }
    }
}

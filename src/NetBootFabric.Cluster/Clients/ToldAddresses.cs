using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Clients;

/// <summary>Who was offered an address, or took it elsewhere: whose requests come from it before there is a lease. Thread-safe; holds no references.</summary>
internal sealed class ToldAddresses
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Ipv4Address, MacAddress> _clients = [];

    public bool TryFind(Ipv4Address address, out MacAddress client)
    {
        lock (_gate) return _clients.TryGetValue(address, out client);
    }

    /// <summary>From the one address to the other; 0.0.0.0 is none.</summary>
    public void Move(MacAddress client, Ipv4Address before, Ipv4Address now)
    {
        if (before == now) return;
        lock (_gate)
        {
            if (!before.IsAny && _clients.TryGetValue(before, out var known) && known == client) _clients.Remove(before);
            if (!now.IsAny) _clients[now] = client;
        }
    }
}

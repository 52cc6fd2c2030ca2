using NetBootFabric.Boot.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// DHCP exchanges and profiles of clients whose actor ended a moment ago: a REQUEST that comes again may leave out what they say. Bounded: the oldest is given up. Not thread-safe.
/// </summary>
internal sealed class Conversations
{
    /// <summary>Of one shard: in a storm of 6000 clients a second those of three seconds, longer than a firmware's first pause.</summary>
    private const int Most = 128;

    private readonly Dictionary<MacAddress, ClientState> _latest = [];
    private readonly Queue<MacAddress> _order = new();

    public void Put(ClientState client)
    {
        if (client.Conversation is not { } conversation) return;
        _latest[client.Mac] = conversation;
        _order.Enqueue(client.Mac);
        while (_order.Count > Most) _latest.Remove(_order.Dequeue());
    }

    public ClientState? Take(MacAddress client) => _latest.Remove(client, out var conversation) ? conversation : null;
}

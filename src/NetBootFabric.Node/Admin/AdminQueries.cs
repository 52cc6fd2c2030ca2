using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Admin;

/// <summary>Answers questions about this head node alone, from its board, lease book and room.</summary>
/// <param name="membership">Null: it is alone, all clients are its own.</param>
internal sealed class AdminQueries(ClientBoard board, ILeaseBook leases, IRoomSource rooms, TimeProvider time, Func<StatusView> node, FabricMembership? membership = null)
{
    public StatusView Status()
    {
        var room = rooms.Current;
        var now = time.GetUtcNow();
        return node() with
        {
            Clients = board.Count,
            Phases = board.All.Where(state => state.Current is not null).GroupBy(state => state.Current!.Phase).OrderBy(group => group.Key)
                .ToDictionary(group => group.Key.ToString(), group => group.Count()),
            Pools = [.. room.Subnets.Select(subnet => Pool(subnet, now))],
        };
    }

    public IReadOnlyList<ClientSummary> Clients(string? phase)
    {
        var room = rooms.Current;
        var all = board.All.Where(state => membership?.Owns(membership.ShardOf(state.Mac)) ?? true).Select(state => ClientViews.Summary(room, state));
        if (phase is not null) all = all.Where(client => string.Equals(client.Phase, phase, StringComparison.OrdinalIgnoreCase));
        return [.. all.OrderBy(client => client.Name, StringComparer.Ordinal)];
    }

    /// <summary>Null when nobody is called so: neither in the room nor among those that were seen.</summary>
    public ClientDetail? Client(string who)
    {
        var room = rooms.Current;
        if (Resolve(room, who) is not { } mac) return null;
        var state = board.Find(mac) ?? (room.NodeOf(mac) is null ? null : new ClientState { Mac = mac });
        return state is null ? null : ClientViews.Detail(room, state, leases.Find(mac), time.GetUtcNow());
    }

    public bool IsOwn(string mac) => membership is null || (MacAddress.TryParse(mac, out var client) && membership.Owns(membership.ShardOf(client)));

    /// <summary>The shards that this node owns, with their clients; none when it is alone.</summary>
    public IReadOnlyList<ShardView> Shards()
    {
        if (membership is null) return [];
        var counts = board.All.CountBy(state => membership.ShardOf(state.Mac)).ToDictionary();
        return [.. membership.Table.Where(shard => membership.Owns(shard.Shard)).Select(shard => new ShardView(shard.Shard, shard.Owner, shard.Epoch, counts.GetValueOrDefault(shard.Shard)))];
    }

    private MacAddress? Resolve(Room room, string who)
    {
        if (MacAddress.TryParse(who, out var mac)) return mac;
        foreach (var node in room.Nodes.Values)
            if (string.Equals(node.Name, who, StringComparison.OrdinalIgnoreCase)) return node.Mac;
        foreach (var state in board.All)
            if (TargetResolution.NameOf(null, state.Mac) == who) return state.Mac;
        return null;
    }

    private PoolView Pool(Subnet subnet, DateTimeOffset now)
    {
        var use = leases.Use(subnet, now);
        return new PoolView(subnet.Network.ToString(), use.Size, use.Leased, use.Offered, use.Quarantined, use.Free);
    }
}

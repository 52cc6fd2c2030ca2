using System.Runtime.InteropServices;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Node.Why;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Admin;

/// <summary>Answers questions about this head node alone, from its board, lease book and room.</summary>
/// <param name="membership">Null: it is alone, all clients are its own.</param>
internal sealed class AdminQueries(ClientBoard board, ILeaseBook leases, IRoomSource rooms, TimeProvider time, Func<StatusView> node, Explanations why, FabricMembership? membership = null)
{
    public StatusView Status()
    {
        var room = rooms.Current;
        var now = time.GetUtcNow();
        return node() with
        {
            Clients = board.Count,
            Phases = Phases(),
            Pools = [.. room.Subnets.Select(subnet => Pool(subnet, now))],
        };
    }

    /// <summary>By name, in the order of a boot.</summary>
    private Dictionary<string, int> Phases()
    {
        var counts = new Dictionary<(BootPhase Phase, bool Held, bool AwaitsTurn), int>();
        board.Glance(client =>
        {
            if (client.HasBoot) CollectionsMarshal.GetValueRefOrAddDefault(counts, (client.Phase, client.Held, client.AwaitsTurn), out _)++;
        });
        return counts.GroupBy(each => new ClientGlance(true, true, each.Key.Phase, each.Key.Held, each.Key.AwaitsTurn, 0, 0).PhaseName).OrderBy(group => group.First().Key.Phase)
            .ToDictionary(group => group.Key, group => group.Sum(each => each.Value));
    }

    public IReadOnlyList<ClientSummary> Clients(ClientFilter filter)
    {
        var (room, now) = (rooms.Current, time.GetUtcNow());
        var taken = Own.Select(state => (State: state, Client: ClientViews.Summary(room, state))).Where(each => filter.Takes(each.Client, room.NodeOf(each.State.Mac), now)).ToList();
        var failed = taken.Where(each => each.State.Current?.Phase == BootPhase.Failed).Select(each => each.State).ToList();
        var reasons = failed.Zip(why.Explain(failed)).ToDictionary(each => each.First.Mac, each => each.Second.Sentence);
        return filter.Order(taken.Select(each => each.Client with { Why = reasons.GetValueOrDefault(each.State.Mac) }));
    }

    /// <summary>The clients that this head node answers for: what is on its board of others is older than they know.</summary>
    public IEnumerable<ClientState> Own => board.All.Where(state => IsOwn(state.Mac));

    /// <summary>Null when nobody is called so: neither in the room nor among those that were seen, or that have a lease. A head node that was killed may know no more of a client than that.</summary>
    public ClientDetail? Client(string who)
    {
        if (State(who) is not { } state) return null;
        var (room, its) = (rooms.Current, leases.All(state.Mac));
        if (state.Current is null && its.Count == 0 && room.NodeOf(state.Mac) is null) return null;
        return ClientViews.Detail(room, state, its, time.GetUtcNow()) with { Why = why.Explain(state) };
    }

    /// <summary>Null when nobody is called so; a MAC address that nobody has heard of has an empty state.</summary>
    public ClientState? State(string who) => Resolve(rooms.Current, who) is { } mac ? board.Find(mac) ?? new ClientState { Mac = mac } : null;

    public bool IsOwn(MacAddress client) => membership is null || membership.Owns(membership.ShardOf(client));

    /// <summary>The shards that this node owns, with their clients; none when it is alone.</summary>
    public IReadOnlyList<ShardView> Shards()
    {
        if (membership is null) return [];
        var counts = board.CountByShard;
        return [.. membership.Table.Where(shard => membership.Owns(shard.Shard)).Select(shard => new ShardView(shard.Shard, shard.Owner, shard.Epoch, counts[shard.Shard]))];
    }

    private MacAddress? Resolve(Room room, string who)
    {
        if (MacAddress.TryParse(who, out var mac)) return mac;
        foreach (var node in room.Machines)
            if (string.Equals(node.Name, who, StringComparison.OrdinalIgnoreCase)) return CardOf(node);
        foreach (var state in board.All)
            if (TargetResolution.NameOf(null, state.Mac) == who) return state.Mac;
        return null;
    }

    /// <summary>Of a machine of several cards, that which was heard last.</summary>
    private MacAddress CardOf(NodeEntry node) =>
        node.Cards.IsEmpty ? node.Mac : node.Cards.Prepend(node.Mac).MaxBy(card => board.Find(card)?.Current?.LastHeard ?? DateTimeOffset.MinValue);

    private PoolView Pool(Subnet subnet, DateTimeOffset now)
    {
        var use = leases.Use(subnet, now);
        return new PoolView(subnet.Network.ToString(), use.Size, use.Leased, use.Offered, use.Quarantined, use.Free);
    }
}

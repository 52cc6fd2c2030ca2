using NetBootFabric.AdminApi;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Admin;

/// <summary>Answers for the whole fabric: what this head node knows itself, and what the others say when they are asked.</summary>
/// <param name="membership">Null: this head node is alone.</param>
internal sealed class FabricQueries(AdminQueries own, OtherHeads others, FabricMembership? membership, HeadBoard heads, string node)
{
    public async Task<IReadOnlyList<ClientSummary>> ClientsAsync(ClientFilter filter)
    {
        var elsewhere = await others.AskAsync($"{AdminRoutes.Clients}?{filter.Query}", AdminJson.Default.IReadOnlyListClientSummary);
        return filter.Order(elsewhere.SelectMany(list => list).Concat(own.Clients(filter)).GroupBy(client => client.Mac).Select(Latest));
    }

    /// <summary>Null when nobody is called so.</summary>
    public async Task<ClientDetail?> ClientAsync(string who, CancellationToken cancellation)
    {
        var known = own.Client(who);
        if (known?.Current is not null && own.IsOwn(MacAddress.Parse(known.Summary.Mac))) return known;
        var elsewhere = await others.AskAsync(AdminRoutes.Client + Uri.EscapeDataString(who), AdminJson.Default.ClientDetail);
        cancellation.ThrowIfCancellationRequested();
        return elsewhere.Append(known).OfType<ClientDetail>().MaxBy(detail => detail.Summary.PhaseSince ?? DateTimeOffset.MinValue);
    }

    public async Task<IReadOnlyList<ShardView>> ShardsAsync()
    {
        if (membership is null) return [];
        var counts = (await others.AskAsync(AdminRoutes.Shards, AdminJson.Default.IReadOnlyListShardView)).SelectMany(list => list).Concat(own.Shards())
            .Where(shard => shard.Owner is not null).ToLookup(shard => (shard.Shard, shard.Owner), shard => shard.Clients);
        var table = membership.Table.ToDictionary(shard => shard.Shard);
        return [.. Enumerable.Range(0, membership.Shards).Select(shard => table.GetValueOrDefault(shard) is { } row
            ? new ShardView(shard, LivingOwner(row), row.Epoch, counts[(shard, row.Owner)].FirstOrDefault())
            : new ShardView(shard, null, 0, null))];
    }

    public ClusterView Cluster()
    {
        if (membership is null) return new ClusterView { Node = node, Alone = true, Contact = "Alone" };
        var owned = membership.Table.GroupBy(shard => LivingOwner(shard) ?? "").ToDictionary(group => group.Key, group => group.Count());
        var members = membership.Members.Select(member => Member(member, owned.GetValueOrDefault(member.Name))).ToList();
        var served = members.Where(member => member.Status is "up" or "leaving").Sum(member => member.Shards);
        return new ClusterView
        {
            Node = node,
            Contact = membership.Contact,
            Shards = membership.Shards,
            ShardsWithoutOwner = membership.Shards - served,
            Members = members,
            Warnings = [.. Warnings(members, membership.Shards - served)],
        };
    }

    private IEnumerable<string> Warnings(IReadOnlyList<MemberView> members, int unserved)
    {
        foreach (var member in members.Where(each => each.Status == "unreachable"))
            yield return $"{member.Name} is unreachable: its clients were taken over; look at the machine, its network and 'journalctl -u netbootd' there";
        if (unserved > 0) yield return $"{unserved} shards have no head node: their clients get no answer; pbm shards shows which";
        if (membership!.Contact == "CutOff") yield return $"{node} does not reach the database while others do: it serves nobody";
        if (membership.Contact == "DownForAll") yield return "the database is down for every head node: known clients boot, new ones wait for it";
        foreach (var address in heads.All.SelectMany(facts => facts.Home).Distinct().Where(address => !heads.Live.Any(head => head.Service.Contains(address))))
            yield return $"nobody serves the service address {address}";
    }

    private MemberView Member(HeadMember member, int shards)
    {
        var facts = member.Status is "up" or "leaving" ? heads.Find(member.Name) : null;
        return new MemberView
        {
            Name = member.Name,
            Status = member.Status,
            Address = member.Address,
            Weight = member.Weight,
            Roles = member.Roles,
            Incarnation = member.Incarnation,
            Shards = shards,
            Clients = facts?.Clients,
            Transfers = facts?.Transfers,
            Serves = [.. (facts?.Held ?? []).Select(address => address.ToString())],
            Version = facts?.Version,
        };
    }

    private string? LivingOwner(HeadShard shard) => shard.Owner is { } owner && membership!.IsAlive(owner) ? owner : null;

    /// <summary>A client that moved is on the boards of two: the one that heard of it last knows.</summary>
    private static ClientSummary Latest(IEnumerable<ClientSummary> same) => same.MaxBy(client => (client.Boot, client.PhaseSince ?? DateTimeOffset.MinValue))!;
}

using System.Globalization;
using NetBootFabric.AdminApi;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Wiring;

// What pbm asks in the words of Petabridge.Cmd.
internal sealed partial class ActorService : IActorInspection
{
    private const int MostChildren = 50;
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(2);

    public LeaderView Leader() => new(Host.System is { } system && Akka.Cluster.Cluster.Get(system).State.Leader is { } leader ? NameOf(system, leader) : null, options.Node);

    /// <remarks>Regions that do not answer in time are left out.</remarks>
    public async Task<IReadOnlyList<RegionView>> RegionsAsync()
    {
        if (Host.System is not { } system) return [];
        var sharding = ClusterSharding.Get(system);
        var regions = new List<RegionView>();
        foreach (var type in sharding.ShardTypeNames.Order(StringComparer.Ordinal))
        {
            var stats = await AskAsync(sharding.ShardRegion(type));
            regions.AddRange(stats.Select(each => new RegionView(type, NameOf(system, each.Key), Shards(each.Value))).OrderBy(region => region.Node, StringComparer.Ordinal));
        }
        return regions;
    }

    public IReadOnlyList<ActorLine>? Hierarchy(string? start, int depth)
    {
        if (Host.System is not ExtendedActorSystem system) return [];
        var lines = new List<ActorLine>();
        if (Find(system, start) is not { } starts) return null;
        foreach (var actor in starts) Tell(actor, 0, depth, lines);
        return lines;
    }

    private static async Task<IReadOnlyDictionary<Address, ShardRegionStats>> AskAsync(IActorRef region)
    {
        try
        {
            return (await region.Ask<ClusterShardingStats>(new GetClusterShardingStats(AskTime), AskTime * 2)).Regions.ToDictionary();
        }
        catch (AskTimeoutException)
        {
            return new Dictionary<Address, ShardRegionStats>();
        }
    }

    private static IReadOnlyList<RegionShardView> Shards(ShardRegionStats stats) =>
        [.. stats.Stats.OrderBy(each => int.TryParse(each.Key, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue).Select(each => new RegionShardView(each.Key, each.Value))];

    private string NameOf(ActorSystem system, Address address) => address == Akka.Cluster.Cluster.Get(system).SelfAddress
        ? options.Node
        : cluster.Membership?.Members.FirstOrDefault(member => member.Address == $"{address.Host}:{address.Port}")?.Name ?? $"{address.Host}:{address.Port}";

    private static IReadOnlyList<IActorRef>? Find(ExtendedActorSystem system, string? start)
    {
        var words = (start ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [system.Provider.Guardian, system.Provider.SystemGuardian];
        IActorRef? at = words[0] switch { "user" => system.Provider.Guardian, "system" => system.Provider.SystemGuardian, _ => null };
        foreach (var word in words[1..]) at = ChildrenOf(at).FirstOrDefault(child => child.Path.Name == word);
        return at is null ? null : [at];
    }

    private static void Tell(IActorRef actor, int depth, int deepest, List<ActorLine> lines)
    {
        var children = ChildrenOf(actor);
        lines.Add(new ActorLine(depth, actor.Path.Name, (actor as ActorRefWithCell)?.Underlying.Props.Type.Name ?? actor.GetType().Name, children.Count));
        if (depth == deepest) return;
        foreach (var child in children.OrderBy(child => child.Path.Name, StringComparer.Ordinal).Take(MostChildren)) Tell(child, depth + 1, deepest, lines);
    }

    private static IReadOnlyList<IActorRef> ChildrenOf(IActorRef? actor) => actor is ActorRefWithCell cell ? [.. cell.Children] : [];
}

using System.Collections.Immutable;
using System.Globalization;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Membership;
using NetBootFabric.Cluster.Messages;
using AkkaCluster = Akka.Cluster.Cluster;

namespace NetBootFabric.Cluster.Sharding;

/// <summary>Cluster Sharding's strategy by the <see cref="ShardPlan"/>: each head node gets its weight's share with the fewest moves, some of them a second.</summary>
internal sealed class PlannedAllocation(ActorSystem system, MembershipState state) : IShardAllocationStrategy
{
    /// <summary>Shards under way at once: a client whose shard moves waits for it, and forty that move together wait longer than eight.</summary>
    private const int MostMoves = 8;

    private readonly AkkaCluster _cluster = AkkaCluster.Get(system);

    public Task<IActorRef> AllocateShard(IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations)
    {
        var plan = Plan(currentShardAllocations, out var regions);
        var owner = int.TryParse(shardId, NumberStyles.None, CultureInfo.InvariantCulture, out var shard) && shard < plan.Length ? plan[shard] : null;
        var region = owner is not null && regions.TryGetValue(owner, out var planned) ? planned : null;
        return Task.FromResult(region ?? (currentShardAllocations.ContainsKey(requester) ? requester : currentShardAllocations.Keys.First()));
    }

    public Task<IImmutableSet<string>> Rebalance(IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress)
    {
        var plan = Plan(currentShardAllocations, out var regions);
        var moves = ImmutableHashSet.CreateBuilder<string>();
        foreach (var (name, region) in regions)
        {
            foreach (var shardId in currentShardAllocations[region])
            {
                if (rebalanceInProgress.Count + moves.Count >= MostMoves) break;
                if (int.TryParse(shardId, NumberStyles.None, CultureInfo.InvariantCulture, out var shard) && plan[shard] is { } owner && owner != name && !rebalanceInProgress.Contains(shardId)) moves.Add(shardId);
            }
        }
        return Task.FromResult<IImmutableSet<string>>(moves.ToImmutable());
    }

    /// <param name="regions">By the names of the members that are up.</param>
    private string?[] Plan(IImmutableDictionary<IActorRef, IImmutableList<string>> allocations, out Dictionary<string, IActorRef> regions)
    {
        regions = [];
        var members = new List<MemberRow>();
        var table = new Dictionary<int, ShardRow>();
        var rows = state.Members;
        foreach (var (region, shards) in allocations)
        {
            var address = region.Path.Address.HasGlobalScope ? region.Path.Address : _cluster.SelfAddress;
            if (rows.FirstOrDefault(row => row.Status == StoredStatus.Up && PeerAddress.Of(address, row.Identity.Address) == address) is not { } member) continue;
            regions[member.Identity.Name] = region;
            members.Add(member);
            foreach (var id in shards)
                if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var shard)) table[shard] = new ShardRow(shard, member.Identity.Name, 0);
        }
        return ShardPlan.Of(ClientMessageExtractor.ShardCount, members, table);
    }
}

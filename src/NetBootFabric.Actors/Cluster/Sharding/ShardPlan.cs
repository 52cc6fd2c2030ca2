using NetBootFabric.Actors.Cluster.Store;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>
/// Where each shard belongs: the member with the highest score of a weighted rendezvous hash. When a member comes or goes, only shards that it wins or had move;
/// each member's share is that of its weight, on average.
/// </summary>
internal static class ShardPlan
{
    /// <summary>The owner of each shard by number; all null without members.</summary>
    public static string?[] Of(int shards, IEnumerable<MemberRow> members)
    {
        var candidates = members.Where(static member => member.Status == StoredStatus.Up).Select(static member => member.Identity).OrderBy(static member => member.Name, StringComparer.Ordinal).ToList();
        var owners = new string?[shards];
        for (var shard = 0; shard < shards; shard++) owners[shard] = OwnerOf(shard, candidates);
        return owners;
    }

    private static string? OwnerOf(int shard, List<MemberIdentity> candidates)
    {
        string? owner = null;
        var highest = double.NegativeInfinity;
        foreach (var member in candidates)
        {
            var score = Score(member, shard);
            if (score <= highest) continue;
            highest = score;
            owner = member.Name;
        }
        return owner;
    }

    // -w / ln(u) with u evenly spread over (0, 1): the highest of them is a member's with a probability of its weight's share.
    private static double Score(MemberIdentity member, int shard)
    {
        var u = ((Mix(HashOf(member.Name) + ((ulong)shard * 0x9E3779B97F4A7C15)) >> 11) + 0.5) * (1.0 / (1L << 53));
        return -Math.Max(member.Weight, 1) / Math.Log(u);
    }

    // FNV-1a over the name's UTF-16 units.
    private static ulong HashOf(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var unit in name) hash = (hash ^ unit) * 0x100000001B3;
        return hash;
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

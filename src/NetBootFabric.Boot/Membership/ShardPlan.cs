namespace NetBootFabric.Boot.Membership;

/// <summary>
/// Where each shard belongs: every member gets its weight's share, to one shard, with the fewest moves from where the shards are now. Which shards move, and to whom, a weighted rendezvous
/// hash decides, so that every member that reads the same table makes the same plan. A plan that was carried out is the plan that comes next.
/// </summary>
public static class ShardPlan
{
    private static readonly Dictionary<int, ShardRow> NoTable = [];

    /// <summary>The owner of each shard by number; all null without members.</summary>
    /// <param name="shards">How many there are.</param>
    /// <param name="members">Those that are up, and have the role, share the shards.</param>
    /// <param name="table">The owners of now.</param>
    /// <param name="role">Null: every member shares.</param>
    public static string?[] Of(int shards, IEnumerable<MemberRow> members, IReadOnlyDictionary<int, ShardRow>? table = null, string? role = null)
    {
        var up = members.Where(member => member.Status == StoredStatus.Up && (role is null || member.Identity.Roles.Contains(role))).Select(static member => member.Identity)
            .OrderBy(static member => member.Name, StringComparer.Ordinal).ToList();
        var owners = new string?[shards];
        if (up.Count == 0) return owners;
        var weights = up.Sum(static member => (long)Weight(member));
        var shares = up.Select(member => new Share(member, shards * (double)Weight(member) / weights)).ToList();
        Place(shares, LeaveInPlace(shards, shares, table ?? NoTable));
        foreach (var share in shares)
            foreach (var shard in share.Shards) owners[shard] = share.Member.Name;
        return owners;
    }

    /// <returns>Shards that have to find a place: their owner is none of these, or has too many.</returns>
    private static List<int> LeaveInPlace(int shards, List<Share> shares, IReadOnlyDictionary<int, ShardRow> table)
    {
        var byName = shares.ToDictionary(static share => share.Member.Name);
        var homeless = new List<int>();
        for (var shard = 0; shard < shards; shard++)
        {
            if (table.TryGetValue(shard, out var row) && row.Owner is { } owner && byName.TryGetValue(owner, out var share)) share.Shards.Add(shard);
            else homeless.Add(shard);
        }
        foreach (var share in shares)
        {
            share.Sort();
            while (share.Shards.Count > share.Most) homeless.Add(share.GiveLast());
        }
        homeless.Sort();
        return homeless;
    }

    private static void Place(List<Share> shares, List<int> homeless)
    {
        foreach (var shard in homeless) shares.MaxBy(share => (share.Room, share.Score(shard)))!.Shards.Add(shard);
        foreach (var share in shares) share.Sort();
        // Everybody within his most: who has less than his least takes from who has more than that.
        while (shares.FirstOrDefault(static share => share.Shards.Count < share.Least) is { } poor && shares.Where(static share => share.Shards.Count > share.Least).MinBy(static share => share.Room) is { } rich)
            poor.Shards.Add(rich.GiveLast());
    }

    private static int Weight(MemberIdentity member) => Math.Max(member.Weight, 1);

    /// <summary>One member's part.</summary>
    private sealed class Share(MemberIdentity member, double exact)
    {
        // A quotient that should be whole may be off by a rounding.
        private const double Rounding = 1e-9;

        public MemberIdentity Member => member;
        public List<int> Shards { get; } = [];
        public int Least { get; } = (int)Math.Floor(exact + Rounding);
        public int Most { get; } = (int)Math.Ceiling(exact - Rounding);
        public double Room => exact - Shards.Count;

        /// <summary>Those that the hash gives it most of all come first.</summary>
        public void Sort() => Shards.Sort((one, other) => Score(other).CompareTo(Score(one)));

        public int GiveLast()
        {
            var last = Shards[^1];
            Shards.RemoveAt(Shards.Count - 1);
            return last;
        }

        // -w / ln(u) with u evenly spread over (0, 1): the highest of several members' is one's with a probability of its weight's share.
        public double Score(int shard)
        {
            var u = ((Mix(HashOf(member.Name) + ((ulong)shard * 0x9E3779B97F4A7C15)) >> 11) + 0.5) * (1.0 / (1L << 53));
            return -Weight(member) / Math.Log(u);
        }
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

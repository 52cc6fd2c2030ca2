using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>Who owns which shard, as read from the store at one moment, and what this node does with its own. Not changed once made.</summary>
internal sealed class ShardMap
{
    public const long NotOwned = -1;

    private readonly long[] _epochs;
    private readonly bool[] _open;
    private readonly string?[] _owners;

    /// <param name="shards">How many there are; rows beyond are left out.</param>
    /// <param name="held">What this node owns, by shard.</param>
    /// <param name="others">The names of the other members that live.</param>
    public ShardMap(int shards, IReadOnlyList<ShardRow> rows, IReadOnlyDictionary<int, ShardHolding> held, IReadOnlySet<string> others)
    {
        Rows = rows;
        _epochs = new long[shards];
        _open = new bool[shards];
        _owners = new string?[shards];
        Array.Fill(_epochs, NotOwned);
        foreach (var row in rows)
        {
            if ((uint)row.Shard < (uint)shards && row.Owner is { } owner && others.Contains(owner)) _owners[row.Shard] = owner;
        }
        foreach (var holding in held.Values)
        {
            if (holding.Phase == HoldingPhase.Given) continue;
            _epochs[holding.Shard] = holding.Epoch;
            _open[holding.Shard] = holding.Phase == HoldingPhase.Serving;
        }
    }

    public IReadOnlyList<ShardRow> Rows { get; }

    public static ShardMap Empty { get; } = new(0, [], new Dictionary<int, ShardHolding>(), new HashSet<string>());

    public long EpochOf(int shard) => (uint)shard < (uint)_epochs.Length ? _epochs[shard] : NotOwned;

    /// <summary>It is this node's, and its entities may run.</summary>
    public bool IsOpen(int shard) => (uint)shard < (uint)_open.Length && _open[shard];

    /// <summary>The other member that owns it; null: nobody who lives, or this node.</summary>
    public string? OtherOwnerOf(int shard) => (uint)shard < (uint)_owners.Length ? _owners[shard] : null;
}

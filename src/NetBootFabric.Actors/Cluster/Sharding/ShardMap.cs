using NetBootFabric.Actors.Cluster.Store;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>Who owns which shard, as read from the store at one moment, with what this node owns by number. Not changed once made.</summary>
internal sealed class ShardMap
{
    public const long NotOwned = -1;

    private readonly long[] _epochs;
    private readonly string?[] _owners;

    /// <param name="shards">How many there are; rows beyond are left out.</param>
    /// <param name="mine">Shards that this node owns, of the rows.</param>
    /// <param name="isServing">Tells of an owner whether it lives.</param>
    public ShardMap(int shards, IReadOnlyList<ShardRow> rows, Func<ShardRow, bool> mine, Func<string, bool> isServing)
    {
        Rows = rows;
        _epochs = new long[shards];
        _owners = new string?[shards];
        Array.Fill(_epochs, NotOwned);
        foreach (var row in rows)
        {
            if ((uint)row.Shard >= (uint)shards) continue;
            if (row.Owner is { } owner && isServing(owner)) _owners[row.Shard] = owner;
            if (mine(row)) _epochs[row.Shard] = row.Epoch;
        }
    }

    public IReadOnlyList<ShardRow> Rows { get; }

    public static ShardMap Empty { get; } = new(0, [], static _ => false, static _ => false);

    public long EpochOf(int shard) => (uint)shard < (uint)_epochs.Length ? _epochs[shard] : NotOwned;

    public string? OwnerOf(int shard) => (uint)shard < (uint)_owners.Length ? _owners[shard] : null;
}

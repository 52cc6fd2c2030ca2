using NetBootFabric.Boot.Heads;

namespace NetBootFabric.Boot.Leases;

/// <summary>
/// A pool cut into one slice a shard, in order and of nearly equal size: head nodes that give addresses of different slices don't meet. Slice s of n holds
/// the indexes i with floor(i * n / size) = s.
/// </summary>
internal readonly struct PoolSlices(int size, IShardOwnership heads)
{
    public int Of(int index) => (int)((long)index * heads.Shards / size);

    /// <summary>First index, and the one after the last.</summary>
    public (int From, int To) Bounds(int slice) => (Ceiling((long)slice * size), Ceiling((long)(slice + 1) * size));

    public bool IsOwn(int index) => heads.Owns(Of(index));

    private int Ceiling(long numerator) => (int)((numerator + heads.Shards - 1) / heads.Shards);
}

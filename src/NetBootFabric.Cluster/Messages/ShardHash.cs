using System.Numerics;

namespace NetBootFabric.Cluster.Messages;

/// <summary>
/// The engine's own hash of an entity's id (MurmurHash.StringHash), without a string: it is asked for every packet. Part of the stored format: it says in which ledger a client stands.
/// </summary>
internal static class ShardHash
{
    private const uint LengthSeed = 0x0331_df49;
    private const uint Start = 0x971e_137b;
    private const uint FirstA = 0x9554_3787;
    private const uint FirstB = 0x2ad7_eb25;

    public static int Of(ReadOnlySpan<char> entityId, int shards) => (int)((uint)Math.Abs((long)Hash(entityId)) % shards);

    /// <summary>Mixes two UTF-16 units a step, an odd last one alone.</summary>
    private static int Hash(ReadOnlySpan<char> s)
    {
        var (hash, a, b) = (((uint)s.Length * LengthSeed) ^ Start, FirstA, FirstB);
        for (var i = 0; i + 1 < s.Length; i += 2)
        {
            hash = Mix(hash, ((uint)s[i] << 16) + s[i + 1], a, b);
            a = a * 5 + 0x7b7d_159c;
            b = b * 5 + 0x6bce_6396;
        }
        if (s.Length % 2 == 1) hash = Mix(hash, s[^1], a, b);
        hash = (hash ^ (hash >> 16)) * 0x85eb_ca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2_ae35;
        return (int)(hash ^ (hash >> 16));
    }

    private static uint Mix(uint hash, uint value, uint a, uint b) => (hash ^ (BitOperations.RotateLeft(value * a, 11) * b)) * 3 + 0x52dc_e729;
}

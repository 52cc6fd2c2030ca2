using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>
/// Weighted rendezvous hashing (Thaler and Ravishankar, 1998; the weights as in Schindelhauer and Schomaker, 2005): every node computes the same choice, and a member that comes or
/// goes moves only what it gets or had.
/// </summary>
internal static class Rendezvous
{
    /// <summary>The one of the highest score; null when there is none.</summary>
    public static string? Choose(IEnumerable<ServiceMember> members, Ipv4Address address)
    {
        string? chosen = null;
        var highest = double.NegativeInfinity;
        foreach (var member in members)
        {
            var score = Score(member, address);
            if (score < highest || (score == highest && string.CompareOrdinal(member.Name, chosen) > 0)) continue;
            (chosen, highest) = (member.Name, score);
        }
        return chosen;
    }

    // -w / ln(u) for u uniform in (0, 1): the share of a member is its weight's.
    private static double Score(ServiceMember member, Ipv4Address address)
    {
        var uniform = ((Hash(member.Name, address) >> 11) + 0.5) / (1ul << 53); // 53 bits: a double's
        return -Math.Max(1, member.Weight) / Math.Log(uniform);
    }

    // FNV-1a over the name and the address, then MurmurHash3's finish, since FNV leaves the high bits of short texts alike.
    private static ulong Hash(string name, Ipv4Address address)
    {
        var hash = 0xCBF2_9CE4_8422_2325ul;
        foreach (var letter in name) hash = (hash ^ letter) * 0x100_0000_01B3ul;
        for (var shift = 24; shift >= 0; shift -= 8) hash = (hash ^ ((address.Value >> shift) & 0xFF)) * 0x100_0000_01B3ul;
        hash = (hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCDul;
        hash = (hash ^ (hash >> 33)) * 0xC4CE_B9FE_1A85_EC53ul;
        return hash ^ (hash >> 33);
    }
}

using System.Collections.Immutable;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Heads;

/// <summary>Which head node a client loads from: the one with the least load for its weight. Pure.</summary>
public static class BootServerChoice
{
    /// <param name="network">Where the client is: an address in it is reached without a router.</param>
    /// <param name="earlier">The one that this boot was told before: kept while somebody serves it, so that a retry gets the same answer.</param>
    /// <returns>0.0.0.0: none is known, the one that heard the client will do.</returns>
    public static Ipv4Address Choose(ImmutableArray<BootHead> heads, Ipv4Network network, Ipv4Address earlier)
    {
        var best = default(Ipv4Address);
        var least = double.MaxValue;
        foreach (var head in heads)
        {
            foreach (var address in head.Service)
            {
                if (!network.Contains(address)) continue;
                if (address == earlier) return earlier;
                var load = head.Load / (double)Math.Max(1, head.Weight);
                if (load > least || (load == least && address.Value > best.Value)) continue;
                (best, least) = (address, load);
            }
        }
        return best;
    }
}

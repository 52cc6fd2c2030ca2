using System.Collections.Immutable;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Heads;

/// <summary>Which head node a client loads from: the one with the least load for its weight. Pure.</summary>
public static class BootServerChoice
{
    /// <summary>
    /// An address that its holder keeps for a head node which is away goes back to it one day, in the middle of downloads perhaps: nobody new is sent there while there is another.
    /// Nor to a head node that is about to leave.
    /// </summary>
    /// <param name="heads">Those that live.</param>
    /// <param name="network">Where the client is: an address in it is reached without a router.</param>
    /// <param name="earlier">The one that this boot was told before: kept while somebody serves it, so that a retry gets the same answer.</param>
    /// <returns>0.0.0.0: none is known, the one that heard the client will do.</returns>
    public static Ipv4Address Choose(ImmutableArray<BootHead> heads, Ipv4Network network, Ipv4Address earlier)
    {
        var best = default(Choice);
        foreach (var head in heads)
        {
            foreach (var address in head.Service)
            {
                if (!network.Contains(address)) continue;
                if (address == earlier) return earlier;
                var choice = new Choice(address, head.Drains || !head.Home.Contains(address), head.Load / (double)Math.Max(1, head.Weight));
                if (best.Address.IsAny || choice.IsBetterThan(best)) best = choice;
            }
        }
        return best.Address;
    }

    private readonly record struct Choice(Ipv4Address Address, bool IsLast, double Load)
    {
        public bool IsBetterThan(in Choice other)
        {
            if (IsLast != other.IsLast) return !IsLast;
            return Load != other.Load ? Load < other.Load : Address.Value < other.Address.Value;
        }
    }
}

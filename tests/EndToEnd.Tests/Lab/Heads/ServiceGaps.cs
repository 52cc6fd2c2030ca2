using System.Globalization;

namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>The longest time between two answers to the client of a shard, which asked all the time.</summary>
internal readonly record struct ServiceGap(int Shard, TimeSpan Longest);

/// <param name="Asked">DISCOVERs in all.</param>
/// <param name="AnsweredTwice">Those that got more than one OFFER.</param>
internal sealed record ServiceGaps(IReadOnlyList<ServiceGap> Shards, int Asked, int AnsweredTwice)
{
    public TimeSpan Worst => Shards.Max(gap => gap.Longest);

    public string Summary
    {
        get
        {
            var sorted = Shards.OrderByDescending(gap => gap.Longest).ToList();
            var worst = string.Join(", ", sorted.Take(8).Select(gap => string.Create(CultureInfo.InvariantCulture, $"shard {gap.Shard} {gap.Longest.TotalSeconds:0.00} s")));
            return string.Create(CultureInfo.InvariantCulture,
                $"without service, of {Shards.Count} shards: worst {Worst.TotalSeconds:0.00} s, median {sorted[sorted.Count / 2].Longest.TotalSeconds:0.00} s ({worst}); {AnsweredTwice} of {Asked} DISCOVERs answered twice");
        }
    }
}

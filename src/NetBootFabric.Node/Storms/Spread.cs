namespace NetBootFabric.Node.Storms;

/// <summary>How long something took, in half octaves of a millisecond: those of several head nodes can be added up, and a median is right to a fifth.</summary>
internal static class Spread
{
    /// <summary>2^24 ms are four and a half hours.</summary>
    public const int Buckets = 48;

    /// <summary>Two half octaves are a factor of two.</summary>
    public const int Double = 2;

    public static int BucketOf(TimeSpan time) => time.TotalMilliseconds < 1 ? 0 : Math.Min((int)(Double * Math.Log2(time.TotalMilliseconds)), Buckets - 1);

    /// <summary>The middle of a bucket, in seconds.</summary>
    public static double SecondsOf(int bucket) => Math.Pow(2, (bucket + 0.5) / Double) / 1000;

    /// <summary>The bucket of the median; null when nothing was counted.</summary>
    public static int? Median(IReadOnlyList<int> counts)
    {
        var half = (counts.Sum() + 1) / 2;
        if (half == 0) return null;
        for (int bucket = 0, sum = 0; bucket < counts.Count; bucket++)
            if ((sum += counts[bucket]) >= half) return bucket;
        return null;
    }

    public static int[] Add(int[] one, int[] other) => [.. one.Zip(other, (a, b) => a + b)];
}

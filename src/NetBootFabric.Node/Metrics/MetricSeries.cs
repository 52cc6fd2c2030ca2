namespace NetBootFabric.Node.Metrics;

/// <summary>One combination of an instrument's tags, and what it has counted. Recording allocates nothing and takes no lock.</summary>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] tags, double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _sum;

    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    /// <summary>Of a histogram: the total of what was measured.</summary>
    public double Value => Volatile.Read(ref _sum);

    /// <summary>How many measurements fell at or below each bound, and at the end how many there were.</summary>
    public long[] Cumulated()
    {
        var counts = new long[_buckets.Length];
        var total = 0L;
        for (var i = 0; i < counts.Length; i++) counts[i] = total += Volatile.Read(ref _buckets[i]);
        return counts;
    }

    public void Add(double value)
    {
        var before = Volatile.Read(ref _sum);
        while (true)
        {
            var seen = Interlocked.CompareExchange(ref _sum, before + value, before);
            if (seen.Equals(before)) return;
            before = seen;
        }
    }

    public void Measure(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket]) bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Add(value);
    }

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> other)
    {
        if (other.Length != tags.Length) return false;
        for (var i = 0; i < other.Length; i++)
            if (!ReferenceEquals(tags[i].Value, other[i].Value) && !Equals(tags[i].Value, other[i].Value)) return false;
        return true;
    }
}

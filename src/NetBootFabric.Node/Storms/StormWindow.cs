namespace NetBootFabric.Node.Storms;

/// <summary>The boots that began in this time are one storm.</summary>
/// <param name="From">Seconds since 1970; inside.</param>
/// <param name="To">Outside.</param>
/// <param name="LastMove">When one of its boots entered a phase last.</param>
internal sealed record StormWindow(long From, long To, long LastMove)
{
    /// <summary>So many clients that begin to boot within <see cref="Dense"/> buckets are a storm.</summary>
    private const int Several = 5;

    /// <summary>Half a minute.</summary>
    private const int Dense = 3;

    /// <summary>A minute: who begins so soon after the others is one of them.</summary>
    private const int Near = 6;

    /// <summary>No boot began in it.</summary>
    public static readonly StormWindow Empty = new(0, 0, 0);

    /// <summary>Nothing moved for so long: whoever is left is no longer under way.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    public bool Holds(DateTimeOffset start) => start.ToUnixTimeSeconds() is var second && second >= From && second < To;

    /// <summary>The last storm; null: there was none.</summary>
    /// <param name="buckets">Oldest first.</param>
    public static StormWindow? Find(IReadOnlyList<StartBucket> buckets)
    {
        StormWindow? found = null;
        for (var last = 0; last < buckets.Count; last++)
        {
            var first = FirstOfDense(buckets, last);
            var dense = buckets.Skip(first).Take(last - first + 1).ToList();
            if (dense.Sum(bucket => bucket.Starts) >= Several) found = Joined(found, dense);
        }
        return found is null ? null : found with { LastMove = buckets.Where(bucket => found.HoldsBucket(bucket)).Max(bucket => bucket.LastMove) };
    }

    private static int FirstOfDense(IReadOnlyList<StartBucket> buckets, int last)
    {
        var first = last;
        while (first > 0 && buckets[last].Bucket - buckets[first - 1].Bucket < Dense) first--;
        return first;
    }

    /// <summary>A second wave that begins while the first one still moves is the same storm.</summary>
    private static StormWindow Joined(StormWindow? before, List<StartBucket> dense)
    {
        var (from, to) = (dense[0].Bucket * StartBucket.Seconds, (dense[^1].Bucket + 1 + Near) * StartBucket.Seconds);
        var moved = dense.Max(bucket => bucket.LastMove);
        return before is not null && (from < before.To || from <= before.LastMove)
            ? new StormWindow(before.From, to, Math.Max(before.LastMove, moved))
            : new StormWindow(from, to, moved);
    }

    private bool HoldsBucket(StartBucket bucket) => bucket.Bucket * StartBucket.Seconds >= From && bucket.Bucket * StartBucket.Seconds < To;
}

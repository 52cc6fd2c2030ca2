using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Node.Storms;

/// <summary>The boots that began within the same ten seconds.</summary>
/// <param name="Bucket">Tens of seconds since 1970.</param>
/// <param name="LastMove">When one of them entered a phase last, in seconds since 1970.</param>
internal sealed record StartBucket(long Bucket, int Starts, long LastMove)
{
    public const int Seconds = 10;

    /// <summary>A storm that began longer ago is not looked for: 2160 buckets at most go from one head node to another.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(6);

    /// <summary>Of one head node's clients, oldest first.</summary>
    public static IReadOnlyList<StartBucket> Of(IEnumerable<ClientState> clients, DateTimeOffset now)
    {
        var buckets = new Dictionary<long, StartBucket>();
        foreach (var boot in clients.SelectMany(StormBoots.Of))
        {
            if (now - boot.StartedAt > Memory) continue;
            var key = boot.StartedAt.ToUnixTimeSeconds() / Seconds;
            var moved = StormBoots.LastMove(boot).ToUnixTimeSeconds();
            var before = buckets.GetValueOrDefault(key);
            buckets[key] = new StartBucket(key, (before?.Starts ?? 0) + 1, Math.Max(before?.LastMove ?? 0, moved));
        }
        return [.. buckets.Values.OrderBy(bucket => bucket.Bucket)];
    }

    /// <summary>Those of several head nodes together, oldest first.</summary>
    public static IReadOnlyList<StartBucket> Together(IEnumerable<StartBucket> all) =>
        [.. all.GroupBy(bucket => bucket.Bucket).Select(same => new StartBucket(same.Key, same.Sum(bucket => bucket.Starts), same.Max(bucket => bucket.LastMove))).OrderBy(bucket => bucket.Bucket)];
}

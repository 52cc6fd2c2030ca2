using System.Diagnostics.Metrics;

namespace NetBootFabric.Storage.Writing;

/// <summary>How long writing takes, as instruments of the meter <c>NetBootFabric.Storage</c>.</summary>
internal static class StoreMetrics
{
    private static readonly InstrumentAdvice<double> Bounds = new() { HistogramBucketBoundaries = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };
    private static readonly Meter Meter = new("NetBootFabric.Storage");
    private static readonly Histogram<double> Commits = Meter.CreateHistogram("netboot.store.commit.duration", "s", "Time that a transaction took, from its begin until it was durable", advice: Bounds);
    private static readonly Histogram<double> Writes = Meter.CreateHistogram("netboot.store.write.duration", "s", "Time from a write's request until it was durable, by kind (lease, catalog, read)", advice: Bounds);

    public static void Committed(long beganAt) => Commits.Record(TimeProvider.System.GetElapsedTime(beganAt).TotalSeconds);

    public static void Written(string kind, long queuedAt) => Writes.Record(TimeProvider.System.GetElapsedTime(queuedAt).TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
}

using NetBootFabric.Node.Metrics;

namespace NetBootFabric.Node.Admin;

/// <summary>What the servers count, by protocol, for pbm status: sums over all tags.</summary>
internal static class MeterTotals
{
    private const string Prefix = "netboot.";

    /// <summary>Meters of the node as a whole; the others are a protocol's.</summary>
    private static readonly string[] NoProtocols = [FabricGauges.MeterName, "NetBootFabric.Storage"];

    /// <summary>Totals since start, by protocol (the second part of an instrument's name) and by the rest of the name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Of(IEnumerable<Metric> metrics) => metrics
        .Where(metric => metric.Kind != MetricKind.Histogram && !NoProtocols.Contains(metric.Source.Meter.Name))
        .Select(metric => (Name: metric.Source.Name[Prefix.Length..].Split('.', 2), Value: (long)metric.Series.Sum(series => series.Value)))
        .Where(each => each.Name.Length == 2)
        .GroupBy(each => each.Name[0]).OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (IReadOnlyDictionary<string, long>)group.ToDictionary(each => each.Name[1], each => each.Value));
}

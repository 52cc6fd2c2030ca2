using System.Diagnostics.Metrics;

namespace NetBootFabric.Node.Metrics;

internal enum MetricKind { Counter, Gauge, Histogram }

/// <summary>All that instruments of one name have counted, by their tags.</summary>
internal sealed class Metric
{
    /// <summary>More combinations of tags than any instrument has: a mistake in one costs no memory, and is counted.</summary>
    public const int SeriesLimit = 256;

    /// <summary>From a tenth of a millisecond, as an answer from memory takes, to minutes, as a boot takes.</summary>
    private static readonly double[] UsualBounds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300];

    private readonly Lock _gate = new();
    private readonly bool _observed;
    private MetricSeries[] _series = [];
    private long _overflow;

    public Metric(Instrument instrument)
    {
        var (kind, bounds) = KindOf(instrument);
        (Name, Source, Kind, Bounds) = (MetricNames.Of(instrument, kind), instrument, kind, bounds);
        _observed = instrument.IsObservable;
    }

    /// <summary>As Prometheus wants it.</summary>
    public string Name { get; }
    public Instrument Source { get; }
    public MetricKind Kind { get; }

    /// <summary>Of a histogram: upper bounds, ascending, without infinity.</summary>
    public double[] Bounds { get; }

    public IReadOnlyList<MetricSeries> Series => Volatile.Read(ref _series);

    /// <summary>Measurements that were not kept.</summary>
    public long Overflow => Interlocked.Read(ref _overflow);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (SeriesOf(tags) is not { } series) Interlocked.Increment(ref _overflow);
        else if (Kind == MetricKind.Histogram) series.Measure(value);
        else series.Add(value);
    }

    /// <summary>An observable instrument tells everything anew each time.</summary>
    public void Forget()
    {
        if (_observed) Volatile.Write(ref _series, []);
    }

    private MetricSeries? SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) => Find(Volatile.Read(ref _series), tags) ?? AddSeries(tags);

    private static MetricSeries? Find(MetricSeries[] all, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in all)
            if (series.Has(tags)) return series;
        return null;
    }

    private MetricSeries? AddSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            if (Find(_series, tags) is { } there) return there;
            if (_series.Length >= SeriesLimit) return null;
            var added = new MetricSeries(tags.ToArray(), Bounds);
            Volatile.Write(ref _series, [.. _series, added]);
            return added;
        }
    }

    private static (MetricKind Kind, double[] Bounds) KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => (MetricKind.Histogram, [.. histogram.Advice?.HistogramBucketBoundaries ?? UsualBounds]),
        Histogram<long> histogram => (MetricKind.Histogram, [.. histogram.Advice?.HistogramBucketBoundaries?.Select(static bound => (double)bound) ?? UsualBounds]),
        Counter<long> or Counter<int> or Counter<double> or ObservableCounter<long> or ObservableCounter<int> or ObservableCounter<double> => (MetricKind.Counter, []),
        _ => (MetricKind.Gauge, []),
    };
}

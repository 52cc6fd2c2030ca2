using System.Diagnostics.Metrics;
using NetBootFabric.Node.Metrics;

namespace NetBootFabric.Node.Tests.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private static int _made;

    private readonly MetricCollector _collector = new();
    private readonly Meter _meter = new($"NetBootFabric.Test{Interlocked.Increment(ref _made)}");
    private readonly string _prefix = $"netboot.t{Guid.NewGuid():N}";

    [Fact]
    public void A_counter_is_a_total_in_its_unit_with_its_tags()
    {
        var counter = _meter.CreateCounter<long>($"{_prefix}.sent", "By", "Octets sent.");
        counter.Add(3, new("role", TestRole.Kernel), new("status", 200));
        counter.Add(4, new("role", TestRole.Kernel), new("status", 200));
        counter.Add(1, new("role", TestRole.Script), new("status", 404));

        Assert.Equal("""
            # HELP NAME_sent_bytes_total Octets sent
            # TYPE NAME_sent_bytes_total counter
            NAME_sent_bytes_total{role="Kernel",status="200"} 7
            NAME_sent_bytes_total{role="Script",status="404"} 1

            """, Text());
    }

    [Fact]
    public void A_histogram_cumulates_its_buckets()
    {
        var histogram = _meter.CreateHistogram($"{_prefix}.duration", "s", "How long", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        foreach (var value in (double[])[0.25, 0.5, 1, 8]) histogram.Record(value, new KeyValuePair<string, object?>("kind", "lease"));

        Assert.Equal("""
            # HELP NAME_duration_seconds How long
            # TYPE NAME_duration_seconds histogram
            NAME_duration_seconds_bucket{kind="lease",le="0.5"} 2
            NAME_duration_seconds_bucket{kind="lease",le="2"} 3
            NAME_duration_seconds_bucket{kind="lease",le="+Inf"} 4
            NAME_duration_seconds_sum{kind="lease"} 9.75
            NAME_duration_seconds_count{kind="lease"} 4

            """, Text());
    }

    [Fact]
    public void A_gauge_says_what_is_now_and_not_what_was()
    {
        var now = 5;
        _meter.CreateObservableGauge($"{_prefix}.waiting", () => new Measurement<int>(now, new KeyValuePair<string, object?>("state", $"at {now}")), description: "Waiting");
        _ = Text();
        now = 0;

        Assert.Contains("NAME_waiting{state=\"at 0\"} 0\n", Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("at 5", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_break_out_of_a_label_or_a_help_line_is_escaped()
    {
        _meter.CreateCounter<long>($"{_prefix}.odd", description: "a\\b\nc").Add(1, new KeyValuePair<string, object?>("detail", "say \"\\\"\n# TYPE"));

        Assert.Contains("# HELP NAME_odd_total a\\\\b\\nc\n", Text(), StringComparison.Ordinal);
        Assert.Contains("{detail=\"say \\\"\\\\\\\"\\n# TYPE\"} 1\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_instrument_that_counted_nothing_is_named_all_the_same()
    {
        _meter.CreateCounter<long>($"{_prefix}.never", description: "Nothing yet");
        Assert.Equal("# HELP NAME_never_total Nothing yet\n# TYPE NAME_never_total counter\n", Text());
    }

    [Fact]
    public void Tags_without_end_cost_no_memory_without_end()
    {
        var counter = _meter.CreateCounter<long>($"{_prefix}.names", description: "A mistake in the making");
        for (var i = 0; i < 10 * Metric.SeriesLimit; i++) counter.Add(1, new KeyValuePair<string, object?>("name", i));

        Assert.Equal(Metric.SeriesLimit, Text().Split('\n').Count(line => line.StartsWith("NAME_names_total{", StringComparison.Ordinal)));
    }

    [Fact]
    public void Measuring_allocates_nothing_once_a_series_is_there()
    {
        var counter = _meter.CreateCounter<long>($"{_prefix}.hot");
        var histogram = _meter.CreateHistogram<double>($"{_prefix}.time");
        var (tag, other) = (new KeyValuePair<string, object?>("type", "Ack"), new KeyValuePair<string, object?>("role", "x"));
        Measure(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Measure(int times)
        {
            for (var i = 0; i < times; i++)
            {
                counter.Add(1, tag, other);
                histogram.Record(i / 100.0, tag);
            }
        }
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    private string Text() => _collector.Read(metrics => PrometheusText.Write(metrics.Where(metric => metric.Source.Meter.Name == _meter.Name))).Replace(_prefix.Replace('.', '_'), "NAME", StringComparison.Ordinal);

    private enum TestRole { Kernel, Script }
}

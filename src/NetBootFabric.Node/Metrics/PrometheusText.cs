using System.Globalization;
using System.Text;

namespace NetBootFabric.Node.Metrics;

/// <summary>Metrics in Prometheus' text format, version 0.0.4. Pure.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<Metric> metrics)
    {
        var text = new StringBuilder(32 * 1024);
        foreach (var metric in metrics) Write(text, metric);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Metric metric)
    {
        var help = (metric.Source.Description ?? metric.Source.Name).TrimEnd('.');
        text.Append("# HELP ").Append(metric.Name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" }).Append('\n');
        foreach (var (labels, series) in metric.Series.Select(static series => (Labels: Labels(series), series)).OrderBy(static each => each.Labels, StringComparer.Ordinal))
        {
            if (metric.Kind == MetricKind.Histogram) Histogram(text, metric, labels, series);
            else Sample(text, metric.Name, labels, series.Value);
        }
    }

    private static void Histogram(StringBuilder text, Metric metric, string labels, MetricSeries series)
    {
        var (total, counts) = (series.Value, series.Cumulated());
        for (var i = 0; i < counts.Length; i++)
        {
            var bound = i < metric.Bounds.Length ? Number(metric.Bounds[i]) : "+Inf";
            Sample(text, metric.Name + "_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", counts[i]);
        }
        Sample(text, metric.Name + "_sum", labels, total);
        Sample(text, metric.Name + "_count", labels, counts[^1]);
    }

    private static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(MetricSeries series) =>
        string.Join(',', series.Tags.Select(static tag => $"{MetricNames.OfLabel(tag.Key)}=\"{Escape(Text(tag.Value))}\""));

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Escape(string value) => value.AsSpan().IndexOfAny("\\\"\n") < 0
        ? value
        : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}

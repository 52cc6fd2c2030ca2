using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NetBootFabric.Node.Metrics;

/// <summary>Listens to the fabric's meters, so that what they count can be read at any time.</summary>
internal sealed class MetricCollector : IDisposable
{
    private const string Meters = "NetBootFabric.";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Metric> _metrics = new();
    private readonly Lock _collecting = new();

    public MetricCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(Meters, StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument.Name, static (_, made) => new Metric(made), instrument));
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>What all instruments say now, by name. <paramref name="read"/> has it to itself.</summary>
    public T Read<T>(Func<IEnumerable<Metric>, T> read)
    {
        lock (_collecting)
        {
            foreach (var metric in _metrics.Values) metric.Forget();
            _listener.RecordObservableInstruments();
            return read(_metrics.Values.OrderBy(static metric => metric.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();
}

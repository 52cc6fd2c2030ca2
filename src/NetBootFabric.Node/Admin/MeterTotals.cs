using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NetBootFabric.Node.Admin;

/// <summary>Adds up what the fabric's meters count, so that the admin API shows it by protocol.</summary>
internal sealed class MeterTotals : IDisposable
{
    private const string Prefix = "netboot.";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _added = new();
    private readonly Lock _polling = new();
    private Dictionary<string, long> _observed = [];

    public MeterTotals()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name.StartsWith(Prefix, StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Count(instrument, value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Count(instrument, value));
        _listener.Start();
    }

    /// <summary>Totals since start, by protocol (the second part of an instrument's name) and by the rest of the name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Read()
    {
        lock (_polling)
        {
            _observed = [];
            _listener.RecordObservableInstruments();
            return _added.Concat(_observed).Select(each => (Name: each.Key[Prefix.Length..].Split('.', 2), each.Value)).Where(each => each.Name.Length == 2)
                .GroupBy(each => each.Name[0]).OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => (IReadOnlyDictionary<string, long>)group.ToDictionary(each => each.Name[1], each => each.Value));
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long value)
    {
        // An observable instrument tells its total each time it is asked, one measurement for each combination of tags.
        if (instrument.IsObservable) _observed[instrument.Name] = _observed.GetValueOrDefault(instrument.Name) + value;
        else _added.AddOrUpdate(instrument.Name, value, (_, before) => before + value);
    }
}

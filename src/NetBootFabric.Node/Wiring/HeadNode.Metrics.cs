using System.Diagnostics.Metrics;
using NetBootFabric.Boot.Events;
using NetBootFabric.Node.Metrics;
using NetBootFabric.Node.Telemetry;

namespace NetBootFabric.Node.Wiring;

// What a head node tells of itself in figures.
internal sealed partial class HeadNode
{
    private readonly Meter _meter = new(FabricGauges.MeterName);

    /// <summary>Boots and downloads are counted from now on, and traced where the configuration names a collector.</summary>
    private IBootEvents Measured(IBootEvents events)
    {
        _board.Follow(new BootMetrics(_meter).Enter);
        return new TransferMetrics(_meter, _options.Traces is { } collector ? Traced(events, collector) : events);
    }

    private DownloadStarts Traced(IBootEvents events, Uri collector)
    {
        var starts = new DownloadStarts(events);
        var traces = new BootTraces(collector, _options.Node, starts, _rooms, _logs.CreateLogger("traces"));
        _closers.Push(traces.DisposeAsync);
        _board.Follow(traces.Enter);
        return starts;
    }

    private void Gauge()
    {
        ProcessGauges.Create(_meter);
        _ = new FabricGauges(_meter, new GaugeSources
        {
            Node = _options.Node,
            Engine = EngineStart.Name,
            Board = _board,
            Leases = _leases,
            Rooms = _rooms,
            Store = _store,
            Lane = _lane,
            Time = _time,
            DhcpDrops = () => _dhcp.Drops,
            Warnings = () => Troubles.Count(),
            Uplink = Uplink,
            CatalogRevision = () => _catalog.Current.Revision,
            Membership = _membership,
        });
    }
}

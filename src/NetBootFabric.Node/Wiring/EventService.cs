using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using NetBootFabric.Arp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Node.Alarms;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Node.Metrics;
using NetBootFabric.Node.Telemetry;

namespace NetBootFabric.Node.Wiring;

/// <summary>What the servers saw goes to the clients' actors from here; boots and downloads are counted on the way, and traced where the configuration names a collector.</summary>
internal sealed class EventService(NodeOptions options, ActorService actors, LeaseService leases, ClientBoard board, RoomKeeper rooms,
    HostAddresses host, WireAlarms alarms, Meter meter, ILoggerFactory logs, TimeProvider time) : Subsystem
{
    public IBootEvents Events { get; private set; } = null!;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        alarms.Told += logs.CreateLogger("netbootd").WireAlarm;
        var events = new ConflictAlarms(new EventLane(actors.Region, leases.Book, time, board, rooms), alarms, host, rooms);
        board.Follow(new BootMetrics(meter).Enter);
        Events = new TransferMetrics(meter, options.Traces is { } collector ? Traced(events, collector) : events);
        return Task.CompletedTask;
    }

    private DownloadStarts Traced(IBootEvents events, Uri collector)
    {
        var starts = new DownloadStarts(events);
        var traces = new BootTraces(collector, options.Node, starts, rooms, logs.CreateLogger("traces"));
        Closing(traces.DisposeAsync);
        board.Follow(traces.Enter);
        return starts;
    }
}

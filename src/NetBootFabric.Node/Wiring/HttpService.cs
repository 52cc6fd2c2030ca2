using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Storms;
using NetBootFabric.HttpBoot;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

/// <summary>Files and scripts over HTTP, to clients.</summary>
internal sealed class HttpService(NodeOptions options, ServedInterfaces interfaces, ContentService content, EventService events, FileServers servers, FlightRecorder flight, RoomRacks racks, UplinkMeter uplink, TimeProvider time, ILogger log) : Subsystem
{
    public HttpBootServer Server { get; private set; } = null!;

    /// <exception cref="SocketSetupException">The port is taken; the message says by whom.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // By interface and not by address, since service addresses come and go.
        var bound = interfaces.All.Select(each => DeviceListener.Bind(each.Link.Name, (ushort)options.HttpPort)).ToList();
        Server = new HttpBootServer(new HttpBootOptions { Bound = bound }, content.Source, events.Events, time, flight, racks, uplink);
        Closing(Server.DisposeAsync);
        await Server.StartAsync(cancellationToken);
        servers.Http = Server;
        log.Listening("HTTP", $"port {options.HttpPort} of {interfaces.Names}");
    }
}

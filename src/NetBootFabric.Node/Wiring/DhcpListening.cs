using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Dhcp;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

/// <summary>The DHCP server: its sockets are open from the start, and answer once <see cref="FrontDoor"/> opens. Sees to other DHCP servers on the same wire.</summary>
internal sealed class DhcpListening(NodeOptions options, ServedInterfaces interfaces, RoomKeeper rooms, ActorService actors, PeersService peers, FileServers servers, OtherDhcpServers others, FlightRecorder flight, TimeProvider time, ILogger log) : Subsystem
{
    public DhcpServer Server { get; private set; } = null!;

    /// <exception cref="SocketSetupException">The port is taken; the message says by whom.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Server = Closing(DhcpServer.Open(new DhcpServerOptions { Interfaces = options.Interfaces, Serve = peers.Serve, Rooms = rooms, Recorder = flight }, actors.Lane));
        log.Listening("DHCP", interfaces.Names);
        Closing(new FaultLog(log, time,
            new FaultSource("DHCP", () => Server.Counters.Faults, () => Server.Counters.LastFault),
            new FaultSource("TFTP", () => servers.Tftp?.Metrics.Faulted ?? 0, () => servers.Tftp?.Metrics.LastFault),
            new FaultSource("HTTP", () => servers.Http?.Faults ?? 0, () => servers.Http?.LastFault)));
        foreach (var each in interfaces.All) Closing(DhcpWatcher.Start(each.Link, others, Server.Counters, time));
        return Task.CompletedTask;
    }
}

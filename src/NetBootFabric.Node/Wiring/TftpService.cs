using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp;
using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Node.Wiring;

/// <summary>Files over TFTP, to clients.</summary>
internal sealed class TftpService(NodeOptions options, ServedInterfaces interfaces, MembershipService cluster, ContentService content,
    EventService events, FileServers servers, TransferLedger transfers, FlightRecorder flight, RoomRacks racks, UplinkMeter uplink,
    WireAlarms alarms, TimeProvider time, ILogger log) : Subsystem
{
    /// <exception cref="SocketSetupException">The port is taken; the message says by whom.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Tftp.Enabled) return Task.CompletedTask;
        servers.Tftp = Closing(TftpServer.Start(Options(), content.Source, events.Events, time, cluster.Membership is null ? null
            : transfers, racks, uplink, flight, alarms));
        log.Listening("TFTP", $"port {options.Tftp.Port} of {interfaces.Names}");
        return Task.CompletedTask;
    }

    private TftpServerOptions Options() => new()
    {
        Listen = [.. interfaces.All.Select(each => new TftpListen(default, (ushort)options.Tftp.Port, each.Link.Name))],
        MaxBlockSize = options.Tftp.BlockSize ?? TransferTerms.MaxBlockSize,
        FirstTransferPort = (ushort)(options.Tftp.TransferPort ?? (cluster.Membership is null ? 0 : TftpServerOptions.ClusterTransferPort)),
    };
}

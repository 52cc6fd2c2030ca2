using NetBootFabric.Arp;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Ndp;
using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Wiring;

/// <summary>Who asks for whom on the wire: ARP watched and probed, and, where it is wanted, IPv6 hosts told that there is no router.</summary>
internal sealed class NeighbourService(NodeOptions options, ServedInterfaces interfaces, RoomKeeper rooms, LeaseService leases, MembershipService cluster, HostAddresses host, EventService events, ClientBoard board, FlightRecorder flight, TimeProvider time) : Subsystem
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        WatchArp();
        if (options.RouterAdvertisements) AdviseHosts();
        return Task.CompletedTask;
    }

    private void WatchArp()
    {
        var metrics = Closing(new ArpMetrics());
        var claims = new RoomClaims(rooms, leases.Book, host, cluster.Membership);
        foreach (var each in interfaces.All)
        {
            Closing(ArpWatcher.Start(each.Link, host, claims, events.Events, metrics, time, flight));
            Closing(ArpProber.Start(each.Link, rooms, leases.Book, new ProbeOptions(), metrics, time));
        }
    }

    private void AdviseHosts()
    {
        var metrics = Closing(new NdpMetrics());
        foreach (var each in interfaces.All) Closing(RouterAdvertiser.Start(each.Link, board, metrics, time));
    }
}

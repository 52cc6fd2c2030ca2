using NetBootFabric.Arp;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Dhcp;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Doctor;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Node.Wiring;

/// <summary>What pbm doctor looks at on this head node.</summary>
internal sealed class DoctorChecks(NodeOptions options, ServedInterfaces interfaces, RoomKeeper rooms, HeadBoard heads, HostAddresses host, OtherDhcpServers others, ContentService content, StoreService store, HostAdvice advice, DhcpListening dhcp, TimeProvider time)
{
    public IEnumerable<IDoctorCheck> All()
    {
        int[] ports = [DhcpPacket.ServerPort, DhcpPacket.ProxyPort, .. options.Tftp.Enabled ? [TftpPacket.ServerPort] : (int[])[]];
        foreach (var each in interfaces.All)
        {
            yield return new ClientLinks(each, rooms);
            yield return new OwnAddresses(each, () => HeldAddresses, host, time);
            yield return new ForeignDhcpServers(each, rooms, others, time);
            yield return new Ipv6Routers(each, options.RouterAdvertisements, time);
        }
        yield return new TakenPorts(ports);
        yield return new Firewall(ports);
        yield return new ProfileFiles(content.Source, rooms, options.Files);
        yield return new LoaderPrograms(options.Files, rooms);
        yield return new DatabaseCheck(options.Store, () => store.Store.Status, time);
        yield return new FreeSpace(options.Store.Kind == StoreKind.Sqlite ? options.Store.Location : null);
        yield return new HostCheckup(advice.ExpectedClients);
        yield return new ReceiveQueues(() => (dhcp.Server.ReceiveBufferBytes, new DhcpServerOptions { Interfaces = [] }.ReceiveBufferBytes, dhcp.Server.Drops));
        yield return new ServiceLimits();
    }

    private IReadOnlyCollection<Ipv4Address> HeldAddresses => heads.Find(options.Node)?.Held ?? [];
}

using NetBootFabric.Dhcp;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Doctor;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Node.Wiring;

// What pbm doctor looks at on this head node.
internal sealed partial class HeadNode
{
    private IEnumerable<IDoctorCheck> Checks()
    {
        int[] ports = [DhcpPacket.ServerPort, DhcpPacket.ProxyPort, .. _options.Tftp.Enabled ? [TftpPacket.ServerPort] : (int[])[]];
        foreach (var each in _interfaces)
        {
            yield return new ClientLinks(each, _rooms);
            yield return new OwnAddresses(each, () => HeldAddresses, _host, _time);
            yield return new ForeignDhcpServers(each, _rooms, _others, _time);
            yield return new Ipv6Routers(each, _options.RouterAdvertisements, _time);
        }
        yield return new TakenPorts(ports);
        yield return new Firewall(ports);
        yield return new ProfileFiles(_content, _rooms, _options.Files);
        yield return new LoaderPrograms(_options.Files, _rooms);
        yield return new DatabaseCheck(_options.Store, () => _store.Status, _time);
        yield return new FreeSpace(_options.Store.Kind == StoreKind.Sqlite ? _options.Store.Location : null);
        yield return new HostCheckup(ExpectedClients);
        yield return new ReceiveQueues(() => (_dhcp.ReceiveBufferBytes, new DhcpServerOptions { Interfaces = [] }.ReceiveBufferBytes, _dhcp.Drops));
        yield return new ServiceLimits();
    }

    private IReadOnlyCollection<Ipv4Address> HeldAddresses => _heads.Find(_options.Node)?.Held ?? [];
}

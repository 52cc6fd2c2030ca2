using System.Collections.Frozen;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>The MAC and IPv4 addresses of this machine, all interfaces together. Read from any thread; refreshed when a service address comes or goes.</summary>
public sealed class HostAddresses
{
    private volatile Snapshot _current;

    public HostAddresses(IEnumerable<MacAddress> macs, IEnumerable<Ipv4Address> addresses) => _current = new Snapshot(macs.ToFrozenSet(), addresses.ToFrozenSet());

    /// <summary>As the network namespace of the calling thread has them.</summary>
    public static HostAddresses Read()
    {
        var host = new HostAddresses([], []);
        host.Refresh();
        return host;
    }

    public bool IsOurs(MacAddress mac) => _current.Macs.Contains(mac);

    public bool IsOurs(Ipv4Address address) => _current.Addresses.Contains(address);

    public void Refresh()
    {
        var links = InterfaceTable.Read();
        _current = new Snapshot(
            links.Where(link => link.Mac != 0).Select(link => new MacAddress(link.Mac)).ToFrozenSet(),
            links.SelectMany(link => link.Addresses).Select(address => new Ipv4Address(address.Address)).ToFrozenSet());
    }

    private sealed record Snapshot(FrozenSet<MacAddress> Macs, FrozenSet<Ipv4Address> Addresses);
}

using System.Net;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>One interface that clients are on, and the address they reach this head node at.</summary>
internal sealed record ServingInterface(NetworkInterfaceInfo Link, Ipv4Address Address)
{
    public IPAddress IPAddress => Address.ToIPAddress();
    public InterfaceView View => new(Link.Name, Address.ToString());

    /// <exception cref="SocketSetupException">There is no such interface, or it has no address; the message says what to do.</exception>
    public static ServingInterface Find(string name, Room room)
    {
        var link = InterfaceTable.Get(name);
        // A service address may be left there by a life before this one, for a moment.
        var addresses = link.Addresses.OrderBy(each => each.PrefixLength == 32).Select(each => new Ipv4Address(each.Address)).ToList();
        if (addresses.Count == 0) throw new SocketSetupException($"interface {name} has no IPv4 address; clients reach this node at one: ip address add 10.77.0.1/16 dev {name}", Errno.None);
        var served = addresses.Where(address => room.SubnetOf(address) is not null).ToList();
        return new ServingInterface(link, served.Count > 0 ? served[0] : addresses[0]);
    }

    /// <summary>What keeps the clients on this interface from being served now; null when nothing is seen that does.</summary>
    public string? Trouble(Room room)
    {
        if (InterfaceTable.Find(Link.Name) is not { } now) return $"interface {Link.Name} is gone: bring it back and restart netbootd";
        if (!now.IsUp) return $"interface {Link.Name} is down, its clients get no answer: ip link set {Link.Name} up";
        if (!now.IsRunning) return $"interface {Link.Name} has no link: look at its cable and switch port";
        if (now.PortOf is "bridge" or "bond" or "team" or "openvswitch")
            return $"interface {Link.Name} became a port of a {now.PortOf}, which takes its packets: name the {now.PortOf} under 'interfaces', or take {Link.Name} out of it";
        if (now.Addresses.All(each => new Ipv4Address(each.Address) != Address)) return $"interface {Link.Name} lost {Address}, the boot server that clients are told: give it back";
        return room.SubnetOf(Address) is null ? $"interface {Link.Name} has {Address}, which is in no subnet of the configuration: only relayed clients get an answer" : null;
    }
}

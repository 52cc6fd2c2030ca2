using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Wiring;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Doctor;

/// <summary>An interface that clients are on: there, up, with a link, fast enough, of the right MTU, with an address that fits the subnets.</summary>
internal sealed class ClientLinks(ServingInterface each, IRoomSource rooms) : IDoctorCheck
{
    /// <summary>What firmware takes and sends: none knows larger frames.</summary>
    private const int FirmwareMtu = 1500;

    private const int Slow = 1000;

    public string Name => "interfaces";

    public IEnumerable<Finding> Look()
    {
        var device = each.Link.Name;
        if (each.Trouble(rooms.Current) is { } trouble)
        {
            var (seen, remedy) = trouble.LastIndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? (trouble[..colon], trouble[(colon + 2)..]) : (trouble, "look at the interface and the configuration");
            return [Finding.Broken(seen, remedy)];
        }
        if (InterfaceTable.Find(device) is not { } now) return [];
        var found = Mtu(device, now.Mtu).Concat(Speed(device, LinkSpeed.Of(device))).ToList();
        return found.Count > 0 ? found : [Finding.Ok($"{device}: {each.Address}, link, MTU {now.Mtu}{(LinkSpeed.Of(device) is { } speed ? $", {speed.Megabits} Mbit/s" : "")}")];
    }

    private static IEnumerable<Finding> Mtu(string device, int mtu)
    {
        if (mtu < FirmwareMtu) yield return Finding.Broken($"{device} has an MTU of {mtu}: TFTP blocks and DHCP answers of the usual size don't fit", $"ip link set {device} mtu {FirmwareMtu}");
        if (mtu > FirmwareMtu) yield return Finding.Advice($"{device} has an MTU of {mtu}; firmware knows {FirmwareMtu} only, and switches on the way may drop larger frames", $"ip link set {device} mtu {FirmwareMtu}, unless every switch port takes {mtu}");
    }

    /// <param name="speed">Null: the driver does not say.</param>
    public static IEnumerable<Finding> Speed(string device, LinkSpeed? speed)
    {
        if (speed is not { } link) yield break;
        if (!link.IsFullDuplex) yield return Finding.Broken($"{device} runs at half duplex ({link.Megabits} Mbit/s): every burst of a storm collides", "have switch port and interface negotiate (ethtool -s … autoneg on), change the cable");
        else if (link.Megabits < Slow) yield return Finding.Advice($"{device} runs at {link.Megabits} Mbit/s", "look at cable and switch port; rehearse the room with netboot-storm");
    }
}

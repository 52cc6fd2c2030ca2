using NetBootFabric.Arp;
using NetBootFabric.Node.Wiring;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Doctor;

/// <summary>Whether another machine uses an address that clients reach this one by.</summary>
/// <param name="held">Service addresses that this head node has now.</param>
internal sealed class OwnAddresses(ServingInterface each, Func<IReadOnlyCollection<Ipv4Address>> held, HostAddresses host, TimeProvider time) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public string Name => "addresses";

    public IEnumerable<Finding> Look()
    {
        if (InterfaceTable.Find(each.Link.Name) is not { IsUp: true, IsRunning: true, Mac: not 0 } link) return [];
        List<Ipv4Address> addresses = [each.Address, .. held().Where(address => link.IsInSubnet(address.Value) && address != each.Address)];
        var others = DuplicateSearch.Look(link, addresses, host, Patience, time);
        if (others.Count == 0) return [Finding.Ok($"{link.Name}: {string.Join(", ", addresses)} {(addresses.Count == 1 ? "is" : "are")} this machine's alone")];
        return [.. others.Select(other => Finding.Broken($"{link.Name}: {other.User} uses {other.Address} too: clients reach the one or the other", $"find it (arping -I {link.Name} {other.Address}) and give it another address"))];
    }
}

using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration.Yaml;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Configuration;

/// <summary>Whether node entries fit together, and with subnets and profiles.</summary>
internal sealed class NodeChecks(Mistakes mistakes, IReadOnlyList<SubnetDraft> subnets, IReadOnlyList<ProfileDraft> profiles, bool isProxy)
{
    private readonly Dictionary<MacAddress, Position> _macs = [];
    private readonly Dictionary<string, Position> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Ipv4Address, Position> _addresses = [];
    private readonly HashSet<string> _profiles = [.. profiles.Select(draft => draft.Profile.Name)];

    public void Check(NodeDraft node)
    {
        if (!_macs.TryAdd(node.Entry.Mac, node.MacAt)) Twice(node.MacAt, $"the MAC address {node.Entry.Mac}", _macs[node.Entry.Mac]);
        if (node.Entry.Name is { } name && !_names.TryAdd(name, node.NameAt)) Twice(node.NameAt, $"the name {name}", _names[name]);
        if (node.Entry.Address is { } address) CheckAddress(address, node.AddressAt);
        CheckProfile(node);
    }

    private void CheckAddress(Ipv4Address address, Position at)
    {
        if (!_addresses.TryAdd(address, at)) Twice(at, $"the address {address}", _addresses[address]);
        if (isProxy) return;
        var subnet = subnets.FirstOrDefault(draft => draft.Subnet.Network.Contains(address));
        if (subnet is null)
            mistakes.Add(at, $"{address} is in no subnet", $"write an address of {string.Join(", ", subnets.Select(draft => draft.Subnet.Network))}");
        else if (!SubnetChecks.IsHost(address, subnet.Subnet.Network))
            mistakes.Add(at, $"{address} is the network's own or its broadcast address", $"write one of {SubnetChecks.Hosts(subnet.Subnet.Network)}");
        else if (subnet.Routers.Any(router => router.Value == address))
            mistakes.Add(at, $"{address} is the router's", "write another address");
    }

    private void CheckProfile(NodeDraft node)
    {
        var profile = node.Entry.Profile ?? Profile.DefaultName;
        if (profiles.Count == 0 || _profiles.Contains(profile)) return; // that there is none is a mistake of its own
        if (node.Entry.Profile is null && node.Entry.Intent == BootIntent.Local) return;
        var problem = node.Entry.Profile is null ? "the node names no profile, and there is none called default" : $"there is no profile '{profile}'";
        mistakes.Add(node.ProfileAt, problem, $"write {(node.Entry.Profile is null ? "profile: " : "")}{Nearest.Of(profile, _profiles) ?? string.Join(" or ", _profiles)}");
    }

    private void Twice(Position at, string what, Position first) => mistakes.Add(at, $"{what} is already in line {first.Line}", "write each once");
}

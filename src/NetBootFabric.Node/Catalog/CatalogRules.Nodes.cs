using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Catalog;

internal sealed partial class CatalogRules
{
    private readonly Dictionary<MacAddress, int> _macs = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Ipv4Address, int> _addresses = [];

    private void CheckNode(NodeSpec node, Place at)
    {
        if (!TryParseMac(node.Mac, out var mac)) at.Fault("mac", $"'{node.Mac}' is no MAC address of a machine", "write one like \"52:54:00:77:00:01\"");
        else if (!_macs.TryAdd(mac, at.Index)) at.Fault("mac", $"the MAC address {mac}", "write each once", _macs[mac]);
        CheckCards(node, at);
        if (node.Name is { } name) CheckName(name, at);
        CheckAddresses(node, at);
        if (node.Group is { } group && !_groups.ContainsKey(group)) Unknown(at, "group", "group", group, _groups.Keys);
        CheckCommon(node.Profile, node.Intent, node.Vars, node.Bmc, at);
        if (node.Next is { } next && !_profiles.Contains(next)) Unknown(at, "next", "profile", next, _profiles);
        if (node.Profile is null) CheckInherited(node, at);
    }

    private void CheckName(string name, Place at)
    {
        if (!IsHostName(name)) at.Fault("name", $"'{name}' is no host name", "write letters, digits and hyphens, like n001");
        else if (!_names.TryAdd(name, at.Index)) at.Fault("name", $"the name {name}", "write each once", _names[name]);
    }

    private void CheckCards(NodeSpec node, Place at)
    {
        foreach (var card in SpecForm.Parts(node.Cards))
        {
            if (!TryParseMac(card, out var mac)) at.Fault("cards", $"'{card}' is no MAC address of a machine", "write one like \"52:54:00:77:00:01\"");
            else if (!_macs.TryAdd(mac, at.Index)) at.Fault("cards", $"the MAC address {mac}", "write each once", _macs[mac]);
        }
    }

    /// <summary>A node has one address in a subnet: of two, one could never be given.</summary>
    private void CheckAddresses(NodeSpec node, Place at)
    {
        var parts = SpecForm.Parts(node.Ip);
        if (node.Ip is { } text && parts.Length == 0) CheckAddress(text, at);
        foreach (var part in parts) CheckAddress(part, at);
        var subnets = parts.Select(part => Ipv4Address.TryParse(part, out var address) ? _settings.SubnetOf(address) : null).OfType<Subnet>();
        if (subnets.GroupBy(subnet => subnet.Network).FirstOrDefault(same => same.Count() > 1) is { } twice)
            at.Fault("ip", $"two addresses of the node are in {twice.Key}", "write one in each subnet");
    }

    private void CheckAddress(string text, Place at)
    {
        if (!Ipv4Address.TryParse(text, out var address))
        {
            at.Fault("ip", $"'{text}' is no IPv4 address", "write one like 10.77.0.1");
            return;
        }
        if (!_addresses.TryAdd(address, at.Index)) at.Fault("ip", $"the address {address}", "write each once", _addresses[address]);
        if (_settings.Service == DhcpService.Proxy) return;
        var subnet = _settings.SubnetOf(address);
        if (subnet is null)
            at.Fault("ip", $"{address} is in no subnet", $"write an address of {string.Join(", ", _settings.Subnets.Select(each => each.Network))}");
        else if (!SubnetChecks.IsHost(address, subnet.Network))
            at.Fault("ip", $"{address} is the network's own or its broadcast address", $"write one of {SubnetChecks.Hosts(subnet.Network)}");
        else if (subnet.Routers.Contains(address))
            at.Fault("ip", $"{address} is the router's", "write another address");
    }

    private void CheckInherited(NodeSpec node, Place at)
    {
        // That there is no profile at all is a mistake of its own.
        if (_profiles.Count == 0 || _profiles.Contains(Profile.DefaultName)) return;
        var (profile, intent) = (node.Profile, node.Intent);
        var group = node.Group is null ? null : _groups.GetValueOrDefault(node.Group);
        for (var steps = 0; group is not null && steps <= _groups.Count; steps++)
        {
            (profile, intent) = (profile ?? group.Profile, intent ?? group.Intent);
            group = group.Parent is null ? null : _groups.GetValueOrDefault(group.Parent);
        }
        if (profile is null && intent != "local")
            at.Fault("profile", $"the node names no profile, and there is none called {Profile.DefaultName}", $"write profile: {Some(_profiles)}");
    }
}

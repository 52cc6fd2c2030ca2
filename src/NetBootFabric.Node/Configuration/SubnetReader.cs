using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration.Yaml;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Configuration;

/// <summary>One item of <c>subnets</c>.</summary>
internal sealed class SubnetReader(Mistakes mistakes)
{
    private static readonly TimeSpan DefaultLease = TimeSpan.FromHours(12);

    /// <summary>A machine that boots takes minutes: a shorter lease would end under it.</summary>
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(3650);

    private readonly Values _values = new(mistakes);

    public SubnetDraft? Read(YamlValue value)
    {
        var group = Group.Of(value, "a subnet", mistakes, "network", "range", "ranges", "router", "dns", "domain", "lease", "unknown", "shared", "boot_file", "next_server", "options");
        if (group is null) return null;
        var network = _values.Network(group.Required("network", "10.77.0.0/16"), "network");
        var ranges = Ranges(group);
        var routers = Addresses(group["router"], "router");
        var dns = Addresses(group["dns"], "dns");
        var domain = _values.Name(group["domain"], "domain");
        var lease = _values.Duration(group["lease"], "lease", ShortestLease, LongestLease);
        var unknown = _values.Choice(group["unknown"], "unknown", ("allow", UnknownPolicy.Allow), ("discover", UnknownPolicy.Discover), ("ignore", UnknownPolicy.Ignore));
        var shared = _values.Name(group["shared"], "shared");
        if (network is null) return null;
        var subnet = new Subnet
        {
            Network = network.Value,
            Ranges = [.. ranges.Select(range => range.Value)],
            Routers = [.. routers.Select(router => router.Value)],
            DnsServers = [.. dns.Select(server => server.Value)],
            DomainName = domain,
            Shared = shared,
            LeaseTime = lease ?? DefaultLease,
            Unknown = unknown ?? UnknownPolicy.Allow,
            Dhcp = Dhcp(group),
        };
        return new SubnetDraft(subnet, group["network"]!.At, ranges, routers);
    }

    private DhcpSettings Dhcp(Group group)
    {
        var (file, next) = (_values.Text(group["boot_file"], "boot_file"), _values.Text(group["next_server"], "next_server"));
        var options = CatalogReader.Texts(group["options"], "options", "ntp-servers", _values, mistakes);
        DhcpWords.Check(file, next, options, (field, problem, remedy) => mistakes.Add((group[field.Split('/')[0]] ?? group["network"]!).At, problem, remedy));
        return DhcpWords.Read(file, next, options);
    }

    private List<Placed<AddressRange>> Ranges(Group group)
    {
        if (group["range"] is { } single && group["ranges"] is not null) mistakes.Add(single.At, "a subnet has both 'range' and 'ranges'", "write all of them under 'ranges'");
        var ranges = new List<Placed<AddressRange>>();
        foreach (var item in _values.Items(group["ranges"] ?? group["range"], "ranges"))
        {
            if (_values.Range(item, "ranges") is { } range) ranges.Add(new Placed<AddressRange>(range, item.At));
        }
        return ranges;
    }

    private List<Placed<Ipv4Address>> Addresses(YamlValue? value, string name)
    {
        var addresses = new List<Placed<Ipv4Address>>();
        foreach (var item in _values.Items(value, name))
        {
            if (_values.Address(item, name) is { } address) addresses.Add(new Placed<Ipv4Address>(address, item.At));
        }
        return addresses;
    }
}

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Configuration.Yaml;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Configuration;

/// <summary>The group <c>admin</c>. Nothing of the admin API is to be on a network that clients are on.</summary>
internal sealed class AdminReader(Mistakes mistakes, Values values)
{
    /// <param name="interfaces">Those of clients, to be looked at on this host; null: don't look.</param>
    public AdminOptions Read(YamlValue? value, IReadOnlyList<SubnetDraft> subnets, IEnumerable<string>? interfaces)
    {
        var group = Group.Of(value, "'admin'", mistakes, "listen", "certificate", "key", "token_folder");
        var options = new AdminOptions
        {
            Certificate = values.Text(group?["certificate"], "certificate"),
            Key = values.Text(group?["key"], "key"),
            TokenFolder = values.Text(group?["token_folder"], "token_folder") ?? TokenFile.DefaultFolder,
        };
        if (group is null) return options;
        if (options.Certificate is null != options.Key is null)
            mistakes.Add(group.At, options.Key is null ? "'certificate' has no 'key'" : "'key' has no 'certificate'", "write both, or neither: netbootd then makes its own");
        return group["listen"] is { } listen ? options with { Listen = Listen(listen, subnets, interfaces ?? []) } : options;
    }

    private ImmutableArray<IPEndPoint> Listen(YamlValue value, IReadOnlyList<SubnetDraft> subnets, IEnumerable<string> interfaces)
    {
        var endpoints = new List<IPEndPoint>();
        var clients = interfaces.SelectMany(AddressesOf).ToHashSet();
        foreach (var item in values.Items(value, "listen"))
        {
            if (values.Listen(item, "listen") is not { } endpoint) continue;
            if (endpoints.Contains(endpoint)) mistakes.Add(item.At, $"{endpoint} is here twice", "write each once");
            else if (Trouble(endpoint.Address, subnets, clients) is { } trouble) mistakes.Add(item.At, trouble, $"write 127.0.0.1:{endpoint.Port}, or an address of a network that no client is on");
            else endpoints.Add(endpoint);
        }
        if (value is YamlList { Items.Count: 0 }) mistakes.Add(value.At, "'listen' names none", $"write listen: {AdminOptions.DefaultListen}");
        if (endpoints.Count > 0 && !endpoints.Exists(endpoint => IPAddress.IsLoopback(endpoint.Address)))
            mistakes.Warn(value.At, "pbm on this machine finds no token of its own", $"add {AdminOptions.DefaultListen} to 'listen'");
        return [.. endpoints];
    }

    /// <summary>What keeps the admin API from listening there; null: nothing.</summary>
    private static string? Trouble(IPAddress address, IReadOnlyList<SubnetDraft> subnets, HashSet<Ipv4Address> clients)
    {
        if (IPAddress.IsLoopback(address)) return null;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return $"{address} is also the clients' side";
        if (address.AddressFamily != AddressFamily.InterNetwork) return $"{address} is an IPv6 address, and whether clients reach it is not known";
        var own = Ipv4Address.Parse(address.ToString());
        if (clients.Contains(own)) return $"{address} is an address of an interface that clients are on";
        return subnets.FirstOrDefault(draft => draft.Subnet.Network.Contains(own)) is { } subnet ? $"{address} is in the clients' network {subnet.Subnet.Network}" : null;
    }

    private static IEnumerable<Ipv4Address> AddressesOf(string device)
    {
        try
        {
            return InterfaceTable.Find(device)?.Addresses.Select(each => new Ipv4Address(each.Address)) ?? [];
        }
        catch (SocketSetupException)
        {
            return []; // a file can be checked where no netlink is
        }
    }
}

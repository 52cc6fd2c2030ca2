using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Configuration;

/// <summary>Whether subnets fit together, and what is in them fits in.</summary>
internal sealed class SubnetChecks(Mistakes mistakes)
{
    public void Check(IReadOnlyList<SubnetDraft> subnets)
    {
        for (var i = 0; i < subnets.Count; i++)
        {
            CheckOverlap(subnets[i], subnets.Take(i));
            foreach (var router in subnets[i].Routers) CheckRouter(router, subnets[i].Subnet.Network);
            for (var j = 0; j < subnets[i].Ranges.Count; j++) CheckRange(subnets[i].Ranges[j], subnets[i], subnets[i].Ranges.Take(j));
        }
    }

    private void CheckOverlap(SubnetDraft subnet, IEnumerable<SubnetDraft> earlier)
    {
        if (earlier.FirstOrDefault(other => other.Subnet.Network.Overlaps(subnet.Subnet.Network)) is not { } other) return;
        mistakes.Add(subnet.At, $"the network {subnet.Subnet.Network} overlaps {other.Subnet.Network} of line {other.At.Line}", "write networks that share no address");
    }

    private void CheckRouter(Placed<Ipv4Address> router, Ipv4Network network)
    {
        if (!IsHost(router.Value, network)) mistakes.Add(router.At, $"the router {router.Value} is no host address of {network}", $"write one of {Hosts(network)}");
    }

    private void CheckRange(Placed<AddressRange> placed, SubnetDraft subnet, IEnumerable<Placed<AddressRange>> earlier)
    {
        var (range, at) = placed;
        var network = subnet.Subnet.Network;
        if (!network.Contains(range.First) || !network.Contains(range.Last))
            mistakes.Add(at, $"the range {range} is not inside {network}", $"write one within {Hosts(network)}");
        else if (!IsHost(range.First, network) || !IsHost(range.Last, network))
            mistakes.Add(at, $"the range {range} holds the network's own or its broadcast address", $"write one within {Hosts(network)}");
        foreach (var router in subnet.Routers.Where(router => range.Contains(router.Value)))
            mistakes.Add(at, $"the range {range} holds the router {router.Value}", "write ranges that leave it out");
        if (earlier.Any(other => other.Value.First.Value <= range.Last.Value && range.First.Value <= other.Value.Last.Value))
            mistakes.Add(at, $"the range {range} overlaps an earlier one", "write ranges that share no address");
    }

    public static bool IsHost(Ipv4Address address, Ipv4Network network) =>
        network.Contains(address) && address != network.Address && address != network.BroadcastAddress;

    public static AddressRange Hosts(Ipv4Network network) => new(new Ipv4Address(network.Address.Value + 1), new Ipv4Address(network.BroadcastAddress.Value - 1));
}

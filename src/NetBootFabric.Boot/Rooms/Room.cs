using System.Collections.Frozen;
using System.Collections.Immutable;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Rooms;

/// <summary>
/// Everything the operator said, as one immutable value: a reload swaps the whole room. Readers take it once per decision.
/// </summary>
public sealed record Room
{
    public static Room Empty { get; } = new();

    public ImmutableArray<Subnet> Subnets { get; init; } = [];
    public FrozenDictionary<string, Profile> Profiles { get; init; } = FrozenDictionary<string, Profile>.Empty;

    /// <summary>By each of their cards.</summary>
    public FrozenDictionary<MacAddress, NodeEntry> Nodes { get; init; } = FrozenDictionary<MacAddress, NodeEntry>.Empty;

    /// <summary>Each node once.</summary>
    public IEnumerable<NodeEntry> Machines
    {
        get
        {
            foreach (var (card, node) in Nodes)
                if (card == node.Mac) yield return node;
        }
    }

    /// <summary>Fixed addresses, and whose they are. Never in a pool.</summary>
    public FrozenDictionary<Ipv4Address, MacAddress> FixedAddresses { get; init; } = FrozenDictionary<Ipv4Address, MacAddress>.Empty;

    /// <summary>Authoritative servers answer a wrong INIT-REBOOT with DHCPNAK (RFC 2131 §4.3.2).</summary>
    public bool Authoritative { get; init; } = true;

    public DhcpService Service { get; init; } = DhcpService.Server;

    /// <summary>Port of the HTTP boot server, as clients see it.</summary>
    public int HttpPort { get; init; } = 80;

    /// <summary>The profile of clients that no node entry names: the one called <c>default</c>, if there is one.</summary>
    public Profile? DefaultProfile => Profiles.GetValueOrDefault(Profile.DefaultName);

    public NodeEntry? NodeOf(MacAddress client) => Nodes.GetValueOrDefault(client);

    /// <summary>What <paramref name="node"/> boots; null when its profile, or the default one, is not there.</summary>
    public Profile? ProfileOf(NodeEntry? node) => node?.Profile is { } name ? Profiles.GetValueOrDefault(name) : DefaultProfile;

    /// <summary>Whose address it is: by a lease that runs, else by its node entry. The lease may be that of a card which the node had before, or has beside the one that is named first.</summary>
    public MacAddress? HolderOf(Ipv4Address address, ILeaseBook leases, DateTimeOffset now) =>
        leases.Find(address, now)?.Client ?? (FixedAddresses.TryGetValue(address, out var owner) ? owner : null);

    /// <summary>Whether the address is the fixed one of the node that <paramref name="card"/> belongs to.</summary>
    public bool IsOwner(MacAddress card, Ipv4Address address) => FixedAddresses.TryGetValue(address, out var owner) && (owner == card || NodeOf(card)?.Mac == owner);

    /// <summary>The subnet that <paramref name="address"/> is in.</summary>
    public Subnet? SubnetOf(Ipv4Address address)
    {
        foreach (var subnet in Subnets)
            if (subnet.Network.Contains(address)) return subnet;
        return null;
    }
}

/// <summary>Where the current room is. A swap takes effect at a client's next packet.</summary>
public interface IRoomSource
{
    Room Current { get; }
}

public enum DhcpService
{
    /// <summary>Gives addresses and boot files (port 67).</summary>
    Server,

    /// <summary>Gives boot files only, beside somebody else's DHCP server (ports 67 and 4011; PXE 2.1 §2.2.3).</summary>
    Proxy,
}

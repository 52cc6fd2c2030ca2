using System.Collections.Immutable;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Rooms;

/// <summary>One IP subnet that clients are in, with its pool.</summary>
public sealed record Subnet
{
    public required Ipv4Network Network { get; init; }

    /// <summary>Inclusive ranges that dynamic addresses come from; empty: fixed addresses only.</summary>
    public ImmutableArray<AddressRange> Ranges { get; init; } = [];

    public ImmutableArray<Ipv4Address> Routers { get; init; } = [];
    public ImmutableArray<Ipv4Address> DnsServers { get; init; } = [];
    public string? DomainName { get; init; }

    /// <summary>Names the wire that it shares with the other subnets which name the same; null: it is alone on its own.</summary>
    public string? Shared { get; init; }
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromHours(12);
    public UnknownPolicy Unknown { get; init; } = UnknownPolicy.Allow;
    public DhcpSettings Dhcp { get; init; } = DhcpSettings.None;
}

/// <summary>First and last address, both inside.</summary>
public readonly record struct AddressRange(Ipv4Address First, Ipv4Address Last)
{
    public int Count => (int)(Last.Value - First.Value + 1);
    public bool Contains(Ipv4Address address) => address.Value >= First.Value && address.Value <= Last.Value;
    public override string ToString() => $"{First}-{Last}";
}

/// <summary>What a client gets that no node entry names.</summary>
public enum UnknownPolicy
{
    /// <summary>An address and the default profile.</summary>
    Allow,

    /// <summary>As <see cref="Allow"/>, and listed as new.</summary>
    Discover,

    /// <summary>No answer.</summary>
    Ignore,
}

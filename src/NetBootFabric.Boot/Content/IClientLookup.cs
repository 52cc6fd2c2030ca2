using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Content;

/// <summary>Who a client is, for rendering its script: answered from memory where this head node knows it.</summary>
public interface IClientLookup
{
    ValueTask<BootTarget?> FindAsync(MacAddress client, CancellationToken cancellation);
    ValueTask<BootTarget?> FindAsync(Ipv4Address address, CancellationToken cancellation);
}

/// <summary>One client and what it is to boot.</summary>
public sealed record BootTarget
{
    public required MacAddress Mac { get; init; }
    public required Profile Profile { get; init; }
    public BootIntent Intent { get; init; } = BootIntent.Always;

    /// <summary>Whether it may load its system now.</summary>
    public Turn Turn { get; init; }

    /// <summary>Host name: the node entry's, else <c>c-</c> and the MAC's digits.</summary>
    public required string Name { get; init; }

    /// <summary>Its lease and what goes with it; null when it has none here (proxyDHCP).</summary>
    public BootAddress? Address { get; init; }
    public IReadOnlyDictionary<string, string> Variables { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>HTTP port of the boot server.</summary>
    public int HttpPort { get; init; } = 80;
}

/// <summary>For <c>ip=client::router:mask:name:device:off</c> on the kernel's command line.</summary>
public sealed record BootAddress(Ipv4Address Address, Ipv4Address Mask, Ipv4Address? Router, IReadOnlyList<Ipv4Address> DnsServers);

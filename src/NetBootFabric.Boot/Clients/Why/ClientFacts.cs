using System.Collections.Immutable;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>All that is known where a client is diagnosed.</summary>
public sealed record ClientFacts
{
    public required ClientState State { get; init; }
    public required Room Room { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Running or expired.</summary>
    public Lease? Lease { get; init; }

    /// <summary>What another DHCP server did with this client.</summary>
    public OtherDhcpAnswer? OtherAnswer { get; init; }

    /// <summary>DHCP servers beside the fabric's.</summary>
    public ImmutableArray<OtherDhcpServer> OtherServers { get; init; } = [];
    public IContentSurvey Files { get; init; } = NoContentSurvey.Instance;

    /// <summary>Octets a second of the room's kernels and initrds, the median of the latest boots; 0: not known.</summary>
    public double UsualRate { get; init; }

    /// <summary>For a client never heard of: a machine that knocks and whose MAC address differs in one or two digits; null when there is none.</summary>
    public MacAddress? Lookalike { get; init; }

    /// <summary>False: leases can't be written now.</summary>
    public bool StoreWorks { get; init; } = true;
}

using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Cluster.Clients;

/// <summary>What every client's actor uses of its head node.</summary>
public sealed record FabricServices
{
    public required IRoomSource Rooms { get; init; }
    public required ILeaseBook Leases { get; init; }
    public required ClientBoard Board { get; init; }
    public ClientClock Clock { get; init; } = new();
    public Strangers Strangers { get; init; } = new(16_384);
    public required TimeProvider Time { get; init; }

    /// <summary>False: what is committed now fails.</summary>
    public Func<bool> StoreWorks { get; init; } = static () => true;

    /// <summary>DHCP servers beside the fabric's.</summary>
    public OtherDhcpServers Others { get; init; } = new(static _ => false);

    /// <summary>Which clients are this head node's.</summary>
    public IShardOwnership Ownership { get; init; } = SoleOwner.Instance;

    /// <summary>Where clients can load from.</summary>
    public IBootHeads Heads { get; init; } = NoOtherHeads.Instance;

    /// <summary>Told which loader was chosen for a client, and why not another.</summary>
    public IFlightRecorder Recorder { get; init; } = NoFlightRecorder.Instance;
}

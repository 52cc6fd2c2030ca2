using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>What a decision is made from, beside the inquiry.</summary>
public readonly record struct DhcpContext
{
    public required Room Room { get; init; }
    public required ILeaseBook Leases { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>What is remembered of the client, with its exchange; null: nothing.</summary>
    public ClientState? Client { get; init; }

    /// <summary>The node entry's intent, or <see cref="BootIntent.Local"/> once a single boot was served.</summary>
    public BootIntent Intent { get; init; }

    /// <summary>A profile for this boot alone; null: the node entry's.</summary>
    public Profile? Ordered { get; init; }

    /// <summary>The head nodes to load from; null: the one that heard the inquiry is alone.</summary>
    public IBootHeads? Heads { get; init; }

    /// <summary>The boot server that this boot was told before; 0.0.0.0: none.</summary>
    public Ipv4Address BootServer { get; init; }
}

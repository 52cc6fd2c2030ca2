using System.Collections.Frozen;
using System.Collections.Immutable;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Rooms;

/// <summary>What the operator says of one machine. In a <see cref="Room"/>, with what its groups say.</summary>
public sealed record NodeEntry
{
    /// <summary>Where the machine stands: lists and the page group by it.</summary>
    public const string RackVariable = "rack";

    /// <summary>The card that names it.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>Further cards: any of them may boot.</summary>
    public ImmutableArray<MacAddress> Cards { get; init; } = [];
    public string? Name { get; init; }

    /// <summary>Its fixed addresses, one in a subnet at most.</summary>
    public ImmutableArray<Ipv4Address> Addresses { get; init; } = [];

    /// <summary>The first of them.</summary>
    public Ipv4Address? Address
    {
        get => Addresses.Length > 0 ? Addresses[0] : null;
        init => Addresses = value is { } address ? [address] : [];
    }
    public string? Group { get; init; }

    /// <summary>Its group and that one's parents, nearest first.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];
    public string? Profile { get; init; }
    public BootIntent Intent { get; init; } = BootIntent.Always;

    /// <summary>Grows with each time that the operator gives the intent: what was served under an earlier one is to be done again.</summary>
    public long IntentOrder { get; init; }

    /// <summary>A profile for one boot; then profile and intent count again.</summary>
    public string? Next { get; init; }

    /// <summary>Grows with each time that the operator gives <see cref="Next"/>.</summary>
    public long NextOrder { get; init; }
    public FrozenDictionary<string, string> Variables { get; init; } = FrozenDictionary<string, string>.Empty;
    public NodeBmc? Bmc { get; init; }

    /// <summary>Its groups'.</summary>
    public DhcpSettings Dhcp { get; init; } = DhcpSettings.None;

    /// <summary>Its fixed address in <paramref name="network"/>; null when it has none there.</summary>
    public Ipv4Address? AddressIn(Ipv4Network network)
    {
        foreach (var address in Addresses)
            if (network.Contains(address)) return address;
        return null;
    }
}

/// <summary>How a machine's power is switched.</summary>
/// <param name="Address">Host name or address, with a port where it is not the usual one.</param>
/// <param name="Protocol">redfish or ipmi.</param>
/// <param name="Credentials">Names an entry of the head node's own file.</param>
public sealed record NodeBmc(string? Address, string? Protocol, string? Credentials);

public enum BootIntent
{
    Always,

    /// <summary>From the network this once, then from the local disk.</summary>
    Once,

    /// <summary>An address, but no boot file: firmware goes on to the disk.</summary>
    Local,

    /// <summary>Wait until the operator says otherwise: in the loader's script where there is one, else without an answer.</summary>
    Hold,
}

using System.Collections.Frozen;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Rooms;

/// <summary>What the operator says of one client. In a <see cref="Room"/>, with what its groups say.</summary>
public sealed record NodeEntry
{
    /// <summary>Where the machine stands: lists and the page group by it.</summary>
    public const string RackVariable = "rack";

    public required MacAddress Mac { get; init; }
    public string? Name { get; init; }
    public Ipv4Address? Address { get; init; }
    public string? Group { get; init; }
    public string? Profile { get; init; }
    public BootIntent Intent { get; init; } = BootIntent.Always;
    public FrozenDictionary<string, string> Variables { get; init; } = FrozenDictionary<string, string>.Empty;
}

public enum BootIntent
{
    Always,

    /// <summary>From the network this once, then from the local disk.</summary>
    Once,

    /// <summary>An address, but no boot file: firmware goes on to the disk.</summary>
    Local,
}

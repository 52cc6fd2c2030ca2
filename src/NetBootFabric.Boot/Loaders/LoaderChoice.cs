using System.Collections.Immutable;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Loaders;

/// <summary>What an answer says of booting.</summary>
public sealed record LoaderChoice
{
    /// <summary>Never <see cref="LoaderKind.Auto"/>; null: no loader is needed (iPXE runs a script), or none is wanted (local disk).</summary>
    public LoaderKind? Loader { get; init; }

    /// <summary>A name for TFTP or a URL; empty only when the client is sent to its local disk.</summary>
    public string BootFile { get; init; } = "";

    /// <summary>siaddr.</summary>
    public Ipv4Address NextServer { get; init; }

    /// <summary>Options 43, 60, 175, 209 and 210, as needed.</summary>
    public ImmutableArray<DhcpOptionValue> Options { get; init; } = [];

    /// <summary>Why the loader that the profile names was not used; null when it was.</summary>
    public string? Fallback { get; init; }
}

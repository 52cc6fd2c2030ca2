using System.Collections.Frozen;
using System.Collections.Immutable;

namespace NetBootFabric.Boot.Rooms;

/// <summary>What to boot. Paths are relative to the root of files.</summary>
public sealed record Profile
{
    public const string DefaultName = "default";

    public required string Name { get; init; }

    /// <summary>Empty only where <see cref="Dhcp"/> says something.</summary>
    public required string Kernel { get; init; }
    public ImmutableArray<string> Initrds { get; init; } = [];
    public string CommandLine { get; init; } = "";
    public LoaderKind Loader { get; init; } = LoaderKind.Auto;

    /// <summary>How the kernel and initrds travel, for loaders that can do both.</summary>
    public Transport Transport { get; init; } = Transport.Http;

    /// <summary>Files that are rendered for each client, by name: the loaders' own scripts in place of ours, or anything else.</summary>
    public FrozenDictionary<string, string> Templates { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Stronger than what groups and subnets say.</summary>
    public DhcpSettings Dhcp { get; init; } = DhcpSettings.None;
}

public enum Transport { Http, Tftp }

/// <summary>The network boot program. What each is called and which package has it is said in Loaders.</summary>
public enum LoaderKind
{
    /// <summary>By the client's firmware, so that one DHCP exchange is enough.</summary>
    Auto,
    Undionly,
    Snponly,
    IpxeEfi,
    Pxelinux,
    Lpxelinux,
    Grub,
    Shim,

    /// <summary>A unified kernel image made from the profile: firmware loads it with no loader between.</summary>
    Uki,
}

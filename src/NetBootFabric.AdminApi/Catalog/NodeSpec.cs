using System.Diagnostics.CodeAnalysis;

namespace NetBootFabric.AdminApi.Catalog;

// Of what a document leaves out, as those of earlier releases do, System.Text.Json's generated code sets null: each such property turns it into its default.

/// <summary>What the operator says of one client; what is null comes from its group.</summary>
public sealed record NodeSpec
{
    /// <summary>As 52:54:00:12:34:56.</summary>
    public required string Mac { get; init; }

    /// <summary>Host name.</summary>
    public string? Name { get; init; }

    /// <summary>Its fixed address; several with commas, each in another subnet.</summary>
    public string? Ip { get; init; }

    /// <summary>MAC addresses of its further cards, with commas: the node is the same whichever of them boots.</summary>
    public string? Cards { get; init; }
    public string? Group { get; init; }
    public string? Profile { get; init; }

    /// <summary>always, once, local or hold.</summary>
    public string? Intent { get; init; }

    /// <summary>Kept by the fabric: the revision at which the intent was given last.</summary>
    public long? IntentOrder { get; init; }
    [AllowNull]
    public IReadOnlyDictionary<string, string> Vars { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>A profile for its next boot alone.</summary>
    public string? Next { get; init; }

    /// <summary>Kept by the fabric: the revision at which <see cref="Next"/> was given last.</summary>
    public long? NextOrder { get; init; }
    public BmcSpec? Bmc { get; init; }
}

/// <summary>Nodes that have something in common; a group's parent is asked for what it does not say itself.</summary>
public sealed record GroupSpec
{
    public required string Name { get; init; }
    public string? Parent { get; init; }
    public string? Profile { get; init; }
    public string? Intent { get; init; }

    /// <summary>Kept by the fabric: the revision at which the intent was given last.</summary>
    public long? IntentOrder { get; init; }
    [AllowNull]
    public IReadOnlyDictionary<string, string> Vars { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
    public BmcSpec? Bmc { get; init; }

    /// <summary>A boot file by hand, in place of a loader: a name for TFTP or a URL.</summary>
    public string? BootFile { get; init; }

    /// <summary>The TFTP server by hand: siaddr, and options 66 and 150 where they are asked for.</summary>
    public string? NextServer { get; init; }

    /// <summary>DHCP options by hand, by IANA's name or by number; with ! behind it also to clients that do not ask.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Options { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}

/// <summary>What to boot. Paths are relative to the root of files.</summary>
public sealed record ProfileSpec
{
    public required string Name { get; init; }

    /// <summary>May be empty where a boot file, a next server or options are given by hand.</summary>
    public required string Kernel { get; init; }
    [AllowNull]
    public IReadOnlyList<string> Initrd { get; init => field = value ?? []; } = [];
    [AllowNull]
    public string Cmdline { get; init => field = value ?? ""; } = "";

    /// <summary>auto, undionly, snponly, ipxe-efi, pxelinux, lpxelinux, grub, shim or uki.</summary>
    [AllowNull]
    public string Loader { get; init => field = value ?? "auto"; } = "auto";

    /// <summary>http or tftp.</summary>
    [AllowNull]
    public string Transport { get; init => field = value ?? "http"; } = "http";

    /// <summary>Files rendered for each client, by name: the loaders' own scripts (boot.ipxe, grub.cfg, pxelinux.cfg) in place of ours, or anything else under <c>boot/MAC/</c>.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Templates { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>A boot file by hand, in place of a loader: a name for TFTP or a URL.</summary>
    public string? BootFile { get; init; }

    /// <summary>The TFTP server by hand: siaddr, and options 66 and 150 where they are asked for.</summary>
    public string? NextServer { get; init; }

    /// <summary>DHCP options by hand, by IANA's name or by number; with ! behind it also to clients that do not ask.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Options { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}

/// <summary>How a machine's power is switched. In a group, what its nodes have in common.</summary>
/// <param name="Address">Host name or address, with a port where it is not the usual one; null in groups.</param>
/// <param name="Protocol">redfish or ipmi.</param>
/// <param name="Credentials">Names an entry of the head node's <c>power: credentials</c>: no password is kept here.</param>
public sealed record BmcSpec(string? Address, string? Protocol, string? Credentials);

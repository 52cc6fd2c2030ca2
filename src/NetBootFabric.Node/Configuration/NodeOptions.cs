using System.Collections.Immutable;
using System.Net;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Configuration;

/// <summary>Everything that a configuration file says, checked. Paths are as written: relative ones count from the working directory.</summary>
internal sealed record NodeOptions
{
    public const int DefaultHttpPort = 80;
    public const int DefaultTftpPort = 69;
    public const string DefaultFiles = "/srv/netboot";
    public static readonly StoreOptions DefaultStore = new(StoreKind.Sqlite, "fabric.db");

    /// <summary>Name of this head node; the host's name by default.</summary>
    public required string Node { get; init; }
    public StoreOptions Store { get; init; } = DefaultStore;

    /// <summary>Interfaces that clients are on. The addresses that clients use are those of the interface.</summary>
    public ImmutableArray<string> Interfaces { get; init; } = [];

    /// <summary>The one root of TFTP and HTTP.</summary>
    public string Files { get; init; } = DefaultFiles;
    public int HttpPort { get; init; } = DefaultHttpPort;
    public TftpOptions Tftp { get; init; } = new(Enabled: true, DefaultTftpPort, TransferPort: null);

    public AdminOptions Admin { get; init; } = new();

    public PowerOptions Power { get; init; } = PowerOptions.None;

    /// <summary>Where boots are told as traces, by OTLP over HTTP; null: nowhere.</summary>
    public Uri? Traces { get; init; }

    /// <summary>Null: this head node is alone.</summary>
    public ClusterOptions? Cluster { get; init; }

    /// <summary>A file of HOCON that overrides the actor system's settings; null: none.</summary>
    public string? AkkaSettings { get; init; }

    /// <summary>Whether firmware that asks for IPv6 routers is told that there is none, so that it does not wait for one.</summary>
    public bool RouterAdvertisements { get; init; } = true;

    /// <summary>The room that the file alone makes: subnets, profiles and node entries.</summary>
    public required Room Room { get; init; }

    /// <summary>The file's nodes, groups and profiles: what the fabric begins with.</summary>
    public CatalogDocument Catalog { get; init; } = new();
}

internal enum StoreKind { Sqlite, Postgres }

/// <param name="Location">SQLite: a path. PostgreSQL: a connection string.</param>
internal sealed record StoreOptions(StoreKind Kind, string Location);

/// <param name="Enabled">False: no TFTP.</param>
/// <param name="Port">Where requests are heard.</param>
/// <param name="TransferPort">The first of the ports that transfers use; null: the usual ones in a cluster, and what the kernel chooses when alone.</param>
/// <param name="BlockSize">Most octets in a block; null: what the way to the client carries.</param>
internal sealed record TftpOptions(bool Enabled, int Port, int? TransferPort, int? BlockSize = null);

/// <summary>What makes a head node one of several.</summary>
internal sealed record ClusterOptions
{
    public static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan DefaultDeadAfter = TimeSpan.FromSeconds(1);
    public const int DefaultWeight = 100;

    /// <summary>Members with this role own clients.</summary>
    public const string HeadRole = "head";
    public static readonly ImmutableArray<string> DefaultRoles = [HeadRole];
    internal static readonly IPEndPoint NoListen = new(IPAddress.None, 0);

    /// <summary>Where the other head nodes reach this one.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The addresses that clients are given, one for each network that clients are in.</summary>
    public required ImmutableArray<Ipv4Address> Service { get; init; }
    public int Weight { get; init; } = DefaultWeight;
    public ImmutableArray<string> Roles { get; init; } = DefaultRoles;
    public TimeSpan Heartbeat { get; init; } = DefaultHeartbeat;

    /// <summary>A head node whose heart was not heard for so long is dead.</summary>
    public TimeSpan DeadAfter { get; init; } = DefaultDeadAfter;

    public bool Equals(ClusterOptions? other) =>
        other is not null && Listen.Equals(other.Listen) && Service.SequenceEqual(other.Service) && Roles.SequenceEqual(other.Roles)
        && (Weight, Heartbeat, DeadAfter) == (other.Weight, other.Heartbeat, other.DeadAfter);

    public override int GetHashCode() => HashCode.Combine(Listen, Weight, Heartbeat, DeadAfter);
}

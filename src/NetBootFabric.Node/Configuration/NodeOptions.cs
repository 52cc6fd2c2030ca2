using System.Collections.Immutable;
using System.Net;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Configuration;

/// <summary>Everything that a configuration file says, checked. Paths are as written: relative ones count from the working directory.</summary>
internal sealed record NodeOptions
{
    public const int DefaultHttpPort = 80;
    public const int DefaultTftpPort = 69;
    public const string DefaultFiles = "/srv/netboot";
    public static readonly StoreOptions DefaultStore = new(StoreKind.Sqlite, "fabric.db");
    public static readonly IPEndPoint DefaultAdmin = new(IPAddress.Loopback, 9110);

    /// <summary>Name of this head node; the host's name by default.</summary>
    public required string Node { get; init; }
    public StoreOptions Store { get; init; } = DefaultStore;

    /// <summary>Interfaces that clients are on. The addresses that clients use are those of the interface.</summary>
    public ImmutableArray<string> Interfaces { get; init; } = [];

    /// <summary>The one root of TFTP and HTTP.</summary>
    public string Files { get; init; } = DefaultFiles;
    public int HttpPort { get; init; } = DefaultHttpPort;
    public TftpOptions Tftp { get; init; } = new(Enabled: true, DefaultTftpPort);

    /// <summary>Where the admin API listens.</summary>
    public IPEndPoint Admin { get; init; } = DefaultAdmin;

    /// <summary>Whether firmware that asks for IPv6 routers is told that there is none, so that it does not wait for one.</summary>
    public bool RouterAdvertisements { get; init; } = true;

    /// <summary>Subnets, profiles and node entries.</summary>
    public required Room Room { get; init; }
}

internal enum StoreKind { Sqlite, Postgres }

/// <param name="Location">SQLite: a path. PostgreSQL: a connection string.</param>
internal sealed record StoreOptions(StoreKind Kind, string Location);

internal sealed record TftpOptions(bool Enabled, int Port);

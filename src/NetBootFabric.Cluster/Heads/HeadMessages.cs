using System.Collections.Immutable;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>What a head node tells the others of itself, again and again.</summary>
public sealed record HeadFacts
{
    public required string Name { get; init; }

    /// <summary>The service addresses that its configuration names.</summary>
    public ImmutableArray<Ipv4Address> Home { get; init; } = [];

    /// <summary>The service addresses that it holds now, those of others too.</summary>
    public ImmutableArray<Ipv4Address> Held { get; init; } = [];

    /// <summary>Its interfaces' own addresses: where no service address is held, clients know it by these.</summary>
    public ImmutableArray<Ipv4Address> Own { get; init; } = [];

    /// <summary>Its share of the load.</summary>
    public int Weight { get; init; }

    /// <summary>It is about to leave: no client is sent to it any more.</summary>
    public bool Drains { get; init; }

    /// <summary>Downloads that run.</summary>
    public int Transfers { get; init; }

    /// <summary>HTTP downloads that run for a while (<see cref="HttpDownloads.Pack"/>): who gets this node's address ends them, so that their clients try again at once.</summary>
    public string Downloads { get; init; } = "";
    public string Version { get; init; } = "";

    /// <summary>Clients whose actors it has.</summary>
    public int Clients { get; init; }

    /// <summary>The newest revision of nodes, groups and profiles that it knows: who knows an older one reads what is newer.</summary>
    public long CatalogRevision { get; init; }
}

/// <summary>Nodes, groups or profiles were changed: the store has them at this revision.</summary>
public sealed record CatalogChanged(long Revision);

/// <summary>This head node changed them. Never leaves it: <see cref="CatalogChanged"/> does.</summary>
public sealed record CatalogCommitted(long Revision);

/// <summary>Leases given and ended, and quarantines, in the order they became durable.</summary>
public sealed record LeaseBulletin(ImmutableArray<LeaseNews> News);

/// <summary>TFTP transfers that began, moved on and ended, in that order for each of them.</summary>
public sealed record TransferBulletin(ImmutableArray<TransferLine> Lines);

/// <summary>One of the three is there.</summary>
public sealed record TransferLine
{
    public OpenTransfer? Opened { get; init; }
    public TransferMoved? Moved { get; init; }
    public TransferClosed? Closed { get; init; }

    public static TransferLine Of(TransferChange change) => new()
    {
        Opened = (change as TransferOpened)?.Transfer,
        Moved = change as TransferMoved,
        Closed = change as TransferClosed,
    };

    public TransferChange? Change => Opened is not null ? new TransferOpened(Opened) : (TransferChange?)Moved ?? Closed;
}

/// <summary>Asks a head node to tell the sender of its clients' phases for the next seconds: answered with <see cref="PhaseBulletin"/>s.</summary>
public sealed record FollowPhases
{
    public static FollowPhases Instance { get; } = new();
}

/// <param name="Events">As the admin API's stream has them.</param>
public sealed record PhaseBulletin(ImmutableArray<string> Events);

/// <summary>Asks a head node something that the admin API answers; answered with <see cref="HeadAnswer"/>.</summary>
/// <param name="Path">As of the API's own address, with its query.</param>
public sealed record HeadQuestion(string Path);

/// <param name="Name">Who answers.</param>
/// <param name="Status">As of HTTP.</param>
/// <param name="Json">The body.</param>
public sealed record HeadAnswer(string Name, int Status, string Json);

using System.Collections.Immutable;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>What a head node tells the others of itself, again and again.</summary>
/// <param name="Name">Name.</param>
/// <param name="Home">The service addresses that its configuration names.</param>
/// <param name="Held">The service addresses that it holds now.</param>
/// <param name="Own">Its interfaces' own addresses: where no service address is held, clients know it by these.</param>
/// <param name="Weight">Its share of the load.</param>
/// <param name="Transfers">Downloads that run.</param>
/// <param name="Version">Release.</param>
/// <param name="Clients">Clients whose actors it has.</param>
/// <param name="StoreWorks">Whether it can write to the database.</param>
public sealed record HeadFacts(string Name, ImmutableArray<Ipv4Address> Home, ImmutableArray<Ipv4Address> Held, ImmutableArray<Ipv4Address> Own, int Weight, int Transfers, string Version, int Clients, bool StoreWorks);

/// <summary>Leases given and ended, and quarantines, in the order they became durable.</summary>
public sealed record LeaseBulletin(ImmutableArray<LeaseNews> News);

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

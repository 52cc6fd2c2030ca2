using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Leases;

/// <summary>An address given to a client. One client an address, the store's unique key says so; one lease for a client in each subnet, the book says so.</summary>
public sealed record Lease
{
    public required MacAddress Client { get; init; }
    public required Ipv4Address Address { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public string HostName { get; init; } = "";

    /// <summary>The client's shard: under its epoch the lease is written, and by it a new owner finds the leases that it takes over. -1: not known.</summary>
    public int Shard { get; init; }

    public bool IsRunning(DateTimeOffset now) => ExpiresAt > now;
}

/// <summary>An address nobody gets until <see cref="Until"/>: declined, or somebody else answers for it.</summary>
public sealed record Quarantine(Ipv4Address Address, DateTimeOffset Until, string Reason);

using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Leases;

/// <summary>What a head node learns of leases that other head nodes gave: to find clients by address, to offer nobody what is taken, and to go on when it takes their shards over.</summary>
public interface ILeaseReplica
{
    /// <summary>This node gave, ended or quarantined something; durable already. Called on any thread; must be quick.</summary>
    event Action<LeaseNews>? Changed;

    /// <summary>Another node did.</summary>
    void Learn(LeaseNews news);

    /// <summary>These shards are this node's now: their leases are those of the store, no others.</summary>
    void Adopt(IReadOnlyList<int> shards, LeaseInventory inventory);
}

/// <summary>One change; one of the three is there.</summary>
public sealed record LeaseNews
{
    public Lease? Granted { get; init; }
    public LeaseEnd? Ended { get; init; }
    public Quarantine? Quarantined { get; init; }
}

public sealed record LeaseEnd(MacAddress Client, Ipv4Address Address);

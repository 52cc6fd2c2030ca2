namespace NetBootFabric.AdminApi;

/// <summary>One head node at a glance.</summary>
public sealed record StatusView
{
    public required string Node { get; init; }
    public required string Version { get; init; }
    public required string Engine { get; init; }
    public required string Store { get; init; }

    /// <summary>False: the store can't be written now; known clients still boot.</summary>
    public bool StoreWritable { get; init; } = true;
    public DateTimeOffset StartedAt { get; init; }
    public IReadOnlyList<InterfaceView> Interfaces { get; init; } = [];

    /// <summary>URLs that the admin API listens on.</summary>
    public IReadOnlyList<string> Admin { get; init; } = [];

    /// <summary>Of the key that it shows off the loopback; null: it listens on the loopback alone.</summary>
    public string? Fingerprint { get; init; }
    public IReadOnlyList<PoolView> Pools { get; init; } = [];
    public int Clients { get; init; }

    /// <summary>Clients by phase.</summary>
    public IReadOnlyDictionary<string, int> Phases { get; init; } = new Dictionary<string, int>();

    /// <summary>Counters by protocol, e.g. dhcp → answered → 12.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Counters { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, long>>();

    /// <summary>What the operator should look at, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
    public long MemoryBytes { get; init; }
}

public sealed record InterfaceView(string Name, string Address);

public sealed record PoolView(string Network, int Size, int Leased, int Offered, int Quarantined, int Free);

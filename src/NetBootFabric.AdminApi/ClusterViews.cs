namespace NetBootFabric.AdminApi;

/// <summary>The fabric's head nodes, as one of them sees it.</summary>
public sealed record ClusterView
{
    /// <summary>The head node that was asked.</summary>
    public required string Node { get; init; }

    /// <summary>True: there is but this head node, without a cluster.</summary>
    public bool Alone { get; init; }

    /// <summary>How the node that was asked stands with the database: Current, Joining, DownForAll, CutOff, Left, Alone.</summary>
    public required string Contact { get; init; }
    public int Shards { get; init; }

    /// <summary>Shards that no living head node owns: their clients get no answer now.</summary>
    public int ShardsWithoutOwner { get; init; }
    public IReadOnlyList<MemberView> Members { get; init; } = [];

    /// <summary>What the operator should look at, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

public sealed record MemberView
{
    public required string Name { get; init; }

    /// <summary>joining, up, leaving, unreachable or gone.</summary>
    public required string Status { get; init; }

    /// <summary>Where the other head nodes reach it.</summary>
    public required string Address { get; init; }
    public int Weight { get; init; }
    public IReadOnlyList<string> Roles { get; init; } = [];
    public long Incarnation { get; init; }

    /// <summary>Shards that it owns.</summary>
    public int Shards { get; init; }

    /// <summary>Clients whose actors it has; null: it does not say.</summary>
    public int? Clients { get; init; }

    /// <summary>Downloads that it serves now.</summary>
    public int? Transfers { get; init; }

    /// <summary>Service addresses that it holds.</summary>
    public IReadOnlyList<string> Serves { get; init; } = [];
    public string? Version { get; init; }
}

/// <param name="Owner">Null: nobody.</param>
/// <param name="Clients">Clients whose actors are in memory; null: the owner does not say.</param>
public sealed record ShardView(int Shard, string? Owner, long Epoch, int? Clients);

/// <param name="Done">A sentence.</param>
public sealed record LeaveResult(string Done);

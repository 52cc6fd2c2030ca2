namespace NetBootFabric.AdminApi.Catalog;

/// <param name="Spec">As the operator wrote it.</param>
/// <param name="Revision">Of the catalog, when it was changed last.</param>
/// <param name="Effective">With what its groups say.</param>
public sealed record NodeView(NodeSpec Spec, long Revision, EffectiveNode Effective);

/// <summary>What counts for a node: its own word, else that of the nearest group.</summary>
public sealed record EffectiveNode
{
    /// <summary>Its group and that one's parents, nearest first.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Null: the one called default.</summary>
    public string? Profile { get; init; }
    public required string Intent { get; init; }
    public IReadOnlyDictionary<string, string> Vars { get; init; } = new Dictionary<string, string>();

    /// <summary>A profile for its next boot that was not served yet, as far as the head node that was asked knows.</summary>
    public string? Next { get; init; }
    public BmcSpec? Bmc { get; init; }
}

/// <param name="Nodes">How many are in it, or in a group of it.</param>
public sealed record GroupView(GroupSpec Spec, long Revision, int Nodes);

/// <param name="Nodes">How many boot it.</param>
public sealed record ProfileView(ProfileSpec Spec, long Revision, int Nodes);

/// <summary>What came of a change.</summary>
public sealed record ApplyResult
{
    public bool DryRun { get; init; }

    /// <summary>Of the catalog afterwards.</summary>
    public long Revision { get; init; }

    /// <summary>Entries that are added, changed or removed.</summary>
    public int Changed { get; init; }

    /// <summary>Those; of very many the first.</summary>
    public IReadOnlyList<CatalogDifference> Changes { get; init; } = [];

    /// <summary>Entries that are as they were.</summary>
    public int Unchanged { get; init; }

    /// <summary>What is allowed but looks wrong, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <param name="Kind">node, group or profile.</param>
/// <param name="Key">A node's MAC address, or a name.</param>
/// <param name="Name">A node's.</param>
/// <param name="Change">added, changed or removed.</param>
public sealed record CatalogDifference(string Kind, string Key, string? Name, string Change, IReadOnlyList<FieldDifference> Fields);

/// <param name="Field">As vars.rack.</param>
public sealed record FieldDifference(string Field, string? Before, string? After);

/// <summary>A change was refused, since the entry is not as the caller thinks.</summary>
/// <param name="Current">What is there now, as GET shows it; null: nothing.</param>
public sealed record CatalogConflict(string Error, System.Text.Json.JsonElement? Current);

/// <summary>An address and who has it.</summary>
public sealed record LeaseRow
{
    public required string Address { get; init; }
    public required string Mac { get; init; }

    /// <summary>The node entry's, else what its system called itself.</summary>
    public string? Name { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public bool Running { get; init; }

    /// <summary>By its node entry.</summary>
    public bool Fixed { get; init; }
}

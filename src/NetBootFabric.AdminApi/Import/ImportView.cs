using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.AdminApi.Import;

/// <summary>What came of an import.</summary>
public sealed record ImportView
{
    public required string Format { get; init; }

    /// <summary>False: nothing was changed; it was a dry run, or lines are broken.</summary>
    public bool Applied { get; init; }
    public bool DryRun { get; init; }

    /// <summary>Nodes and groups that can be carried over.</summary>
    public int Nodes { get; init; }
    public int Groups { get; init; }

    /// <summary>Lines that are broken, or don't fit the subnets and what is in the catalog.</summary>
    public int Broken { get; init; }

    /// <summary>By line: what is broken, and what has no place here.</summary>
    public IReadOnlyList<ImportNote> Notes { get; init; } = [];

    /// <summary>Further notes, that are only counted.</summary>
    public int NotesLeftOut { get; init; }

    /// <summary>What was changed, or would be.</summary>
    public ApplyResult? Result { get; init; }
}

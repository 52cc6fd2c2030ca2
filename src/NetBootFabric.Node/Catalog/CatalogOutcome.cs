using System.Text.Json;
using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Node.Catalog;

/// <summary>What came of a change: done, or why not.</summary>
internal sealed record CatalogOutcome(ApplyResult? Done, CatalogRefusal? Refusal)
{
    public static implicit operator CatalogOutcome(ApplyResult done) => new(done, null);
    public static implicit operator CatalogOutcome(CatalogRefusal refusal) => new(null, refusal);
}

/// <param name="Status">As of HTTP: 400 malformed, 404 not there, 409 refused, 412 not as the caller thinks, 422 does not fit together, 503 the store can't be written.</param>
/// <param name="Error">A sentence that says what to do.</param>
internal sealed record CatalogRefusal(int Status, string Error, IReadOnlyList<string>? Mistakes = null, JsonElement? Current = null)
{
    /// <summary>Of ten thousand mistakes of one kind nobody reads more.</summary>
    private const int MostShown = 200;

    /// <param name="mistakes">At least one.</param>
    public static CatalogRefusal Of(int status, IReadOnlyList<string> mistakes) => mistakes.Count == 1
        ? new(status, mistakes[0], mistakes)
        : new(status, $"{mistakes.Count} mistakes, nothing was changed", mistakes.Count <= MostShown ? mistakes : [.. mistakes.Take(MostShown), $"… and {mistakes.Count - MostShown} more"]);
}

/// <summary>What an edit wants of the catalog as it is now: steps, or a refusal.</summary>
/// <param name="Named">How many entries the caller named; null: the one who asks for the edit knows.</param>
internal sealed record CatalogEdit(IReadOnlyList<CatalogStep> Steps, CatalogRefusal? Refusal = null, int? Named = null)
{
    public static implicit operator CatalogEdit(CatalogRefusal refusal) => new([], refusal);
}

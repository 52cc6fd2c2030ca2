namespace NetBootFabric.Boot.Rooms;

/// <summary>
/// Where nodes, groups, profiles and tokens are kept, the same for every head node: rows of text that only their reader understands. Every change gets the next revision of the
/// whole catalog, so that who knows revision n asks for what came after it.
/// </summary>
public interface ICatalogStore
{
    /// <summary>All rows changed after revision <paramref name="since"/>, oldest change first; a row that was deleted has no body. 0: everything that is there.</summary>
    /// <exception cref="Exception">The store's own, when it can't be read now.</exception>
    Task<CatalogRows> LoadCatalogAsync(long since, CancellationToken cancellation);

    /// <summary>Writes all of <paramref name="changes"/>, durably, under one new revision; or nothing, when a row is not at the revision that its change expects.</summary>
    /// <param name="basis">The catalog's revision that the changes were checked against: nothing is written when it is another one by now, since names and addresses must stay unique over all rows. Null: whatever it is.</param>
    /// <exception cref="Exception">The store's own, when it can't be written now: nothing was.</exception>
    Task<CatalogCommit> CommitCatalogAsync(IReadOnlyList<CatalogChange> changes, long? basis, CancellationToken cancellation);
}

public enum CatalogKind { Node, Group, Profile, Token }

/// <param name="Key">A node's MAC address, or a name.</param>
/// <param name="Body">Null: deleted.</param>
public sealed record CatalogRow(CatalogKind Kind, string Key, string? Body, long Revision);

/// <param name="Revision">The newest of the catalog; 0: nothing was ever written.</param>
public sealed record CatalogRows(long Revision, IReadOnlyList<CatalogRow> Rows);

/// <param name="Body">Null: delete.</param>
/// <param name="Expected">The row's revision that the change was made from; 0: there is no such row; null: whatever is there.</param>
public sealed record CatalogChange(CatalogKind Kind, string Key, string? Body, long? Expected);

/// <param name="Revision">The new one; 0: nothing is written.</param>
/// <param name="Refused">The first row that is not as expected; null when all is written, or the basis is an older revision.</param>
public sealed record CatalogCommit(long Revision, CatalogRow? Refused)
{
    public bool IsWritten => Revision > 0;
}

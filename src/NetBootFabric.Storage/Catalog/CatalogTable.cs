using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Storage.Catalog;

/// <summary>The catalog in SQLite. Every SQL statement about it stands here.</summary>
internal sealed class CatalogTable(SqliteConnection connection)
{
    private readonly SqliteStatement _newest = connection.Prepare("SELECT max(revision) FROM catalog");

    private readonly SqliteStatement _since = connection.Prepare(
        "SELECT kind, key, body IS NULL, body, revision FROM catalog WHERE revision > ?1 AND (?1 > 0 OR body IS NOT NULL) ORDER BY revision, kind, key");

    private readonly SqliteStatement _one = connection.Prepare("SELECT body IS NULL, body, revision FROM catalog WHERE kind = ?1 AND key = ?2");

    private readonly SqliteStatement _put = connection.Prepare(
        "INSERT INTO catalog (kind, key, body, revision) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, key) DO UPDATE SET body = ?3, revision = ?4");

    private readonly SqliteStatement _delete = connection.Prepare(
        "INSERT INTO catalog (kind, key, body, revision) VALUES (?1, ?2, NULL, ?3) ON CONFLICT (kind, key) DO UPDATE SET body = NULL, revision = ?3");

    public CatalogRows Load(long since)
    {
        var rows = new List<CatalogRow>();
        _since.Bind(1, since);
        while (_since.Read()) rows.Add(new CatalogRow((CatalogKind)_since.Integer(0), _since.Text(1), Body(_since, 2), _since.Integer(4)));
        return new CatalogRows(Newest(), rows);
    }

    public CatalogCommit Commit(IReadOnlyList<CatalogChange> changes, long? basis)
    {
        var newest = Newest();
        if (basis is { } known && known != newest) return new CatalogCommit(0, null);
        foreach (var change in changes)
            if (Refuses(change) is { } there) return new CatalogCommit(0, there);
        foreach (var change in changes) Write(change, newest + 1);
        return new CatalogCommit(newest + 1, null);
    }

    /// <summary>A row that was deleted keeps its place, so that others hear of it: it counts as none.</summary>
    private CatalogRow? Refuses(CatalogChange change)
    {
        if (change.Expected is not { } expected) return null;
        var there = Find(change.Kind, change.Key);
        return expected == (there.Body is null ? 0 : there.Revision) ? null : there;
    }

    private CatalogRow Find(CatalogKind kind, string key)
    {
        _one.Bind(1, (long)kind).Bind(2, key);
        var row = new CatalogRow(kind, key, null, 0);
        while (_one.Read()) row = new CatalogRow(kind, key, Body(_one, 0), _one.Integer(2));
        return row;
    }

    private void Write(CatalogChange change, long revision)
    {
        if (change.Body is { } body) _put.Bind(1, (long)change.Kind).Bind(2, change.Key).Bind(3, body).Bind(4, revision).Run();
        else _delete.Bind(1, (long)change.Kind).Bind(2, change.Key).Bind(3, revision).Run();
    }

    private long Newest() => _newest.ReadScalar(0);

    /// <param name="column">Whether there is none; the body follows.</param>
    private static string? Body(SqliteStatement row, int column) => row.Integer(column) == 1 ? null : row.Text(column + 1);
}

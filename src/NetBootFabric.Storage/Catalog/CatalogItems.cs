using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Catalog;

internal sealed class LoadCatalog(long since, Completion<CatalogRows> completion) : WriteItem<SqliteSession>
{
    private CatalogRows? _rows;

    public override void Apply(SqliteSession session) => _rows = session.Catalog.Load(since);

    public override void Complete(Exception? failure) => completion.Complete(_rows, failure);
}

internal sealed class CommitCatalog(IReadOnlyList<CatalogChange> changes, long? basis, Completion<CatalogCommit> completion) : WriteItem<SqliteSession>
{
    public override string What => "catalog";

    private CatalogCommit? _outcome;

    public override void Apply(SqliteSession session) => _outcome = session.Catalog.Commit(changes, basis);

    public override void Complete(Exception? failure) => completion.Complete(_outcome, failure);
}

using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Writing;
using Npgsql;
using NpgsqlTypes;

namespace NetBootFabric.Storage.Postgres;

internal sealed class LoadCatalog(long since, Completion<CatalogRows> completion) : PostgresItem, IGroupRead
{
    private readonly List<CatalogRow> _rows = [];
    private long _newest;

    public override void AddTo(PostgresGroup group) => group.Reads.Add(this);

    public void AddTo(PostgresBatch batch)
    {
        _rows.Clear();
        batch.Add("SELECT revision FROM catalog_state", row => _newest = row.GetInt64(0));
        // No further than that revision: a change that is committed between the two statements belongs to the next load.
        PostgresBatch.Add(batch.Add(
            "SELECT kind, key, body, revision FROM catalog WHERE revision > $1 AND ($1 > 0 OR body IS NOT NULL) ORDER BY revision, kind, key",
            row => _rows.Add(new CatalogRow((CatalogKind)row.GetInt16(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3)))), since);
    }

    protected override void End(Exception? failure) => completion.Complete(new CatalogRows(_newest, [.. _rows.Where(row => row.Revision <= _newest)]), failure);
}

/// <summary>Sent again after a lost connection it is not done twice: the database knows its number.</summary>
internal sealed class CommitCatalog(IReadOnlyList<CatalogChange> changes, long? basis, Completion<CatalogCommit> completion) : PostgresItem, IGroupRead
{
    public override string What => "catalog";

    private readonly Guid _number = Guid.NewGuid();
    private CatalogCommit? _outcome;

    public override void AddTo(PostgresGroup group) => group.Reads.Add(this);

    public void AddTo(PostgresBatch batch)
    {
        var parameters = batch.Add("SELECT made, refused_kind, refused_key, refused_body, refused_revision FROM commit_catalog($1, $2, $3, $4, $5, $6)", Take);
        PostgresBatch.Add(parameters, _number);
        parameters.Add(new NpgsqlParameter<long?> { TypedValue = basis, NpgsqlDbType = NpgsqlDbType.Bigint });
        PostgresBatch.Add(parameters, changes.Select(change => (short)change.Kind).ToArray());
        PostgresBatch.Add(parameters, changes.Select(change => change.Key).ToArray());
        parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. changes.Select(change => change.Body)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter<long?[]> { TypedValue = [.. changes.Select(change => change.Expected)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
    }

    private void Take(NpgsqlDataReader row) => _outcome = row.IsDBNull(1)
        ? new CatalogCommit(row.GetInt64(0), null)
        : new CatalogCommit(0, new CatalogRow((CatalogKind)row.GetInt16(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4)));

    protected override void End(Exception? failure) => completion.Complete(_outcome, failure);
}

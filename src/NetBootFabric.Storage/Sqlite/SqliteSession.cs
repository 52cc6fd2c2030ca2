using NetBootFabric.Storage.Leases;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>The writer's connection, with its statements prepared.</summary>
internal sealed partial class SqliteSession : IWriteSession
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;

    private SqliteSession(SqliteConnection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        Leases = new LeaseTable(connection);
    }

    public LeaseTable Leases { get; }

    /// <exception cref="StoreUnavailableException">The file can't be opened or is not ours.</exception>
    public static SqliteSession Open(string path)
    {
        var connection = SqliteConnection.Open(path);
        try
        {
            Schema.Migrate(connection, path);
            return new SqliteSession(connection);
        }
        catch (Exception fault)
        {
            connection.Dispose();
            throw fault as StoreUnavailableException ?? new StoreUnavailableException($"{path}: {fault.Message}", fault);
        }
    }

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    public void Rollback()
    {
        try
        {
            if (_connection.IsInTransaction) _connection.Execute("ROLLBACK");
        }
        catch (Exception fault) when (fault is SqliteFault or StoreUnavailableException)
        {
            // The transaction is gone with its connection then, which the writer replaces.
        }
    }

    public void Dispose() => _connection.Dispose();
}

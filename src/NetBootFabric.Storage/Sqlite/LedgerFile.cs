using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>The file beside a SQLite store in which the actors keep the history of boots: two writers of one file would wait for each other's locks.</summary>
public static class LedgerFile
{
    private const string Written =
        "SELECT persistence_id FROM ledger_event UNION SELECT persistence_id FROM ledger_snapshot";

    public static string PathOf(string storePath) => Path.GetFullPath(storePath) + ".ledger";

    /// <summary>
    /// Makes the file if it is not there, with the permissions of the store's own, and sets it to write-ahead logging, which its later users keep.
    /// </summary>
    /// <returns>The connection string for Microsoft.Data.Sqlite.</returns>
    /// <exception cref="StoreUnavailableException">It can't be opened; the message says why.</exception>
    public static string Prepare(string storePath)
    {
        var path = PathOf(storePath);
        if (!File.Exists(path) && File.Exists(storePath) && !OperatingSystem.IsWindows())
        {
            using var made = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = File.GetUnixFileMode(storePath) });
        }
        using var connection = SqliteConnection.Open(path);
        return $"Data Source={path};Pooling=True;Default Timeout=5";
    }

    /// <summary>The persistence ids of which something is stored; none where the tables are not made yet.</summary>
    /// <exception cref="StoreUnavailableException">The file can't be read.</exception>
    public static IReadOnlyList<string> PersistenceIds(string storePath)
    {
        using var connection = SqliteConnection.Open(PathOf(storePath));
        if (connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE name IN ('ledger_event', 'ledger_snapshot')") < 2) return [];
        var ids = new List<string>();
        var rows = connection.Prepare(Written);
        while (rows.Read()) ids.Add(rows.Text(0));
        return ids;
    }
}

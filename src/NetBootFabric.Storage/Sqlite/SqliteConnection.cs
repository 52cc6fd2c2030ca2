using NetBootFabric.Storage.Writing;
using SQLitePCL;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>One open database file, set up for durable commits, used by one thread at a time.</summary>
internal sealed class SqliteConnection : IDisposable
{
    /// <summary>How long another program (a backup, somebody's sqlite3) may keep us from writing before writes fail.</summary>
    private const int BusyMilliseconds = 2000;

    private readonly sqlite3 _database;
    private readonly List<SqliteStatement> _statements = [];

    static SqliteConnection() => Batteries_V2.Init();

    private SqliteConnection(sqlite3 database) => _database = database;

    /// <exception cref="StoreUnavailableException">The file can't be opened; the message says why.</exception>
    public static SqliteConnection Open(string path)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var database, flags, null);
        var connection = new SqliteConnection(database);
        try
        {
            if (code != raw.SQLITE_OK) throw SqliteFault.Of(database, code);
            connection.Configure();
            return connection;
        }
        catch (Exception fault) when (fault is SqliteFault or StoreUnavailableException)
        {
            connection.Dispose();
            throw new StoreUnavailableException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>True between a BEGIN and its end; a failing statement can end a transaction too.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    public long LastInsertedRow => raw.sqlite3_last_insert_rowid(_database);

    /// <summary>Whether statements wait for another program's lock.</summary>
    public bool Waits
    {
        set => raw.sqlite3_busy_timeout(_database, value ? BusyMilliseconds : 0);
    }

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        if (code != raw.SQLITE_OK) throw SqliteFault.Of(_database, code);
        var statement = new SqliteStatement(_database, handle);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs statements without parameters, whose rows nobody wants.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_database, sql);
        if (code != raw.SQLITE_OK) throw SqliteFault.Of(_database, code);
    }

    public long Scalar(string sql)
    {
        var code = raw.sqlite3_prepare_v2(_database, sql, out var handle);
        if (code != raw.SQLITE_OK) throw SqliteFault.Of(_database, code);
        using var statement = new SqliteStatement(_database, handle);
        return statement.ReadScalar(0);
    }

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _database.Dispose();
    }

    private void Configure()
    {
        Waits = true;
        raw.sqlite3_extended_result_codes(_database, 1);
        // WAL: one sync a commit. FULL: that sync is done before COMMIT returns, which NORMAL would leave to the checkpoint.
        // 4000 pages of 4 KiB: the log is copied back every 16 MB, so that few commits pay for it.
        // 16 MB of pages in memory: the tables of a room of some hundred thousand clients, which the inserts touch at random places.
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000");
    }
}

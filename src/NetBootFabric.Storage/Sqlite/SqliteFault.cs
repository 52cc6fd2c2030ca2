using NetBootFabric.Storage.Writing;
using SQLitePCL;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>An SQLite result code that is not success (https://sqlite.org/rescode.html).</summary>
internal sealed class SqliteFault(int code, string message) : Exception($"{message} (SQLite result {code})")
{
    /// <summary>The exception for a result code: unavailable when the same connection may be used again later, else a fault of the connection.</summary>
    public static Exception Of(sqlite3 database, int code) => (code & 0xFF) switch
    {
        raw.SQLITE_FULL => new StoreUnavailableException("the disk under the database is full"),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreUnavailableException("another program keeps the database locked"),
        _ => new SqliteFault(code, raw.sqlite3_errmsg(database).utf8_to_string()),
    };
}

using System.Text;
using SQLitePCL;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>
/// A prepared statement, used again and again by one thread. Parameters count from 1, columns from 0.
/// SQLite's own interface, since ADO.NET boxes every value and throws for a broken unique key.
/// </summary>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    private const int StackText = 256;

    public SqliteStatement Bind(int parameter, long value) => Checked(raw.sqlite3_bind_int64(statement, parameter, value));

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value) => Checked(value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(statement, parameter, 0) // an empty span has no address, which would mean NULL
        : raw.sqlite3_bind_blob(statement, parameter, value));

    public SqliteStatement Bind(int parameter, string value)
    {
        if (value.Length > StackText / 3) return Checked(raw.sqlite3_bind_text(statement, parameter, value));
        Span<byte> text = stackalloc byte[StackText];
        var length = Encoding.UTF8.GetBytes(value, text); // at most 3 octets a UTF-16 unit
        return Checked(raw.sqlite3_bind_text(statement, parameter, text[..length]));
    }

    /// <summary>Runs a statement that gives no rows; the number of rows it changed.</summary>
    public int Run()
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        return code is raw.SQLITE_DONE or raw.SQLITE_ROW ? raw.sqlite3_changes(database) : throw SqliteFault.Of(database, code);
    }

    /// <summary>As <see cref="Run"/>; false when a unique key forbids it. Nothing is changed then, and the transaction goes on.</summary>
    public bool TryRun(out int changed)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        changed = 0;
        if ((code & 0xFF) == raw.SQLITE_CONSTRAINT) return false;
        changed = raw.sqlite3_changes(database);
        return code == raw.SQLITE_DONE ? true : throw SqliteFault.Of(database, code);
    }

    /// <summary>The next row; false after the last, and then the statement is ready to be bound again.</summary>
    public bool Read()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(statement);
        return code == raw.SQLITE_DONE ? false : throw SqliteFault.Of(database, code);
    }

    /// <summary>The first column of the only row; <paramref name="otherwise"/> when there is none.</summary>
    public long ReadScalar(long otherwise)
    {
        if (!Read()) return otherwise;
        var value = Integer(0);
        raw.sqlite3_reset(statement);
        return value;
    }

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    public byte[] Blob(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public void Dispose() => statement.Dispose();

    private SqliteStatement Checked(int code) => code == raw.SQLITE_OK ? this : throw SqliteFault.Of(database, code);
}

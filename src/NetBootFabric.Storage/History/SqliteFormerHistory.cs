using NetBootFabric.Boot.Clients;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.History;

/// <summary>
/// The former history in a store's SQLite file. By a connection of its own for each call: it is done once in a file's life, and no lease stands behind its reading.
/// </summary>
public sealed class SqliteFormerHistory(string path) : IFormerHistory
{
    private const string Streams = "SELECT id, name FROM stream WHERE name LIKE 'client-%'";

    private const string Items =
        """
        SELECT manifest, payload FROM (
          SELECT seq, manifest, payload, 0 AS place FROM snapshot WHERE stream = ?1 AND seq = (SELECT max(seq) FROM snapshot WHERE stream = ?1)
          UNION ALL
          SELECT seq, manifest, payload, 1 FROM event WHERE stream = ?1 AND seq > ifnull((SELECT max(seq) FROM snapshot WHERE stream = ?1), 0))
        ORDER BY place, seq
        """;

    private static readonly string[] Deletions = ["DELETE FROM event WHERE stream = ?1", "DELETE FROM snapshot WHERE stream = ?1", "DELETE FROM stream WHERE id = ?1"];

    /// <remarks>A file that never had the tables has no such history.</remarks>
    public Task<IReadOnlyList<FormerStream>> ListAsync() => CallAsync<IReadOnlyList<FormerStream>>(static connection =>
    {
        if (connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('stream', 'event', 'snapshot')") < 3) return [];
        var list = new List<FormerStream>();
        var rows = connection.Prepare(Streams);
        while (rows.Read())
            if (FormerStream.Of(rows.Integer(0), rows.Text(1)) is { } stream) list.Add(stream);
        return list;
    });

    public Task<IReadOnlyList<FormerItems>> ReadAsync(IReadOnlyList<FormerStream> streams) => CallAsync<IReadOnlyList<FormerItems>>(connection =>
    {
        var rows = connection.Prepare(Items);
        return [.. streams.Select(stream => new FormerItems(stream, Read(rows.Bind(1, stream.Row))))];
    });

    public Task DeleteAsync(IReadOnlyList<FormerStream> streams) => CallAsync(connection =>
    {
        connection.Execute("BEGIN IMMEDIATE");
        foreach (var rows in Deletions.Select(connection.Prepare))
            foreach (var stream in streams) rows.Bind(1, stream.Row).Run();
        connection.Execute("COMMIT");
        return streams;
    });

    private static List<FormerItem> Read(SqliteStatement rows)
    {
        var items = new List<FormerItem>();
        while (rows.Read()) items.Add(new FormerItem(rows.Text(0), rows.Blob(1)));
        return items;
    }

    private Task<T> CallAsync<T>(Func<SqliteConnection, T> call) => Task.Run(() =>
    {
        using var connection = SqliteConnection.Open(path);
        try
        {
            return call(connection);
        }
        catch (SqliteFault fault)
        {
            throw new StoreUnavailableException($"{path}: {fault.Message}", fault);
        }
    });
}

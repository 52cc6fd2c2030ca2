using NetBootFabric.Boot.Clients;
using NetBootFabric.Storage.Postgres;
using Npgsql;

namespace NetBootFabric.Storage.History;

/// <summary>The former history in PostgreSQL. By a connection of its own for each call: it is done once in a database's life.</summary>
public sealed class PostgresFormerHistory(string connectionString) : IFormerHistory
{
    /// <summary>Not a writer's: nobody who is fenced, or counted, is meant.</summary>
    private const string SessionName = "netbootd history";

    private const string AreThere = "SELECT to_regclass('stream') IS NOT NULL AND to_regclass('event') IS NOT NULL AND to_regclass('snapshot') IS NOT NULL";

    private const string Streams = "SELECT id, name FROM stream WHERE name LIKE 'client-%'";

    private const string Items =
        """
        SELECT s.place, i.manifest, i.payload FROM unnest($1) WITH ORDINALITY AS s (id, place), LATERAL (
          SELECT seq, manifest, payload, 0 AS kind FROM snapshot WHERE stream = s.id AND seq = (SELECT max(seq) FROM snapshot WHERE stream = s.id)
          UNION ALL
          SELECT seq, manifest, payload, 1 FROM event WHERE stream = s.id AND seq > coalesce((SELECT max(seq) FROM snapshot WHERE stream = s.id), 0)) i
        ORDER BY s.place, i.kind, i.seq
        """;

    private const string Deletion =
        """
        WITH events AS (DELETE FROM event WHERE stream = ANY ($1)), snapshots AS (DELETE FROM snapshot WHERE stream = ANY ($1))
        DELETE FROM stream WHERE id = ANY ($1)
        """;

    /// <remarks>A schema that never had the tables has no such history.</remarks>
    public Task<IReadOnlyList<FormerStream>> ListAsync() => CallAsync<IReadOnlyList<FormerStream>>(static connection =>
    {
        using var tables = new NpgsqlCommand(AreThere, connection);
        if (tables.ExecuteScalar() is not true) return [];
        using var command = new NpgsqlCommand(Streams, connection) { CommandTimeout = PostgresSchema.MigrationSeconds };
        using var row = command.ExecuteReader();
        var list = new List<FormerStream>();
        while (row.Read())
            if (FormerStream.Of(row.GetInt64(0), row.GetString(1)) is { } stream) list.Add(stream);
        return list;
    });

    public Task<IReadOnlyList<FormerItems>> ReadAsync(IReadOnlyList<FormerStream> streams) => CallAsync<IReadOnlyList<FormerItems>>(connection =>
    {
        using var command = About(Items, streams, connection);
        using var row = command.ExecuteReader();
        var items = streams.Select(static _ => new List<FormerItem>()).ToList();
        while (row.Read()) items[(int)row.GetInt64(0) - 1].Add(new FormerItem(row.GetString(1), row.GetFieldValue<byte[]>(2))); // SQL counts from 1
        return [.. streams.Zip(items, static (stream, each) => new FormerItems(stream, each))];
    });

    public Task DeleteAsync(IReadOnlyList<FormerStream> streams) => CallAsync(connection =>
    {
        using var command = About(Deletion, streams, connection);
        return command.ExecuteNonQuery();
    });

    private static NpgsqlCommand About(string statement, IReadOnlyList<FormerStream> streams, NpgsqlConnection connection) =>
        new(statement, connection) { CommandTimeout = PostgresSchema.MigrationSeconds, Parameters = { new() { Value = streams.Select(static stream => stream.Row).ToArray() } } };

    private Task<T> CallAsync<T>(Func<NpgsqlConnection, T> call) => Task.Run(() =>
    {
        using var connector = PostgresConnector.Of(connectionString, PostgresLimits.Writer);
        using var connection = connector.Open(SessionName);
        try
        {
            return call(connection);
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or IOException)
        {
            throw PostgresFault.Unavailable(fault, connector);
        }
    });
}

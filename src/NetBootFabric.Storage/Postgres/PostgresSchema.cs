using System.Reflection;
using NetBootFabric.Storage.Writing;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>The schema, and the steps from each version of it to the next: Schema/1.sql and so on. A step, once released, is never changed.</summary>
internal static class PostgresSchema
{
    public const string Name = "netboot_fabric";

    /// <summary>Seconds for what is done once, at start.</summary>
    public const int MigrationSeconds = 30;

    /// <summary>"NBFb": the advisory lock under which one of several starting nodes migrates.</summary>
    private const long MigrationLock = 0x4E424662;

    private const int Newest = 5;

    private const string State =
        $"""
        SELECT to_regclass('{Name}.schema_version') IS NOT NULL, to_regnamespace('{Name}') IS NOT NULL,
          EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('{Name}'))
        """;

    /// <exception cref="StoreUnavailableException">Not our schema, or one that a newer version wrote.</exception>
    public static void Migrate(NpgsqlConnection connection) => Migrate(connection, Newest);

    /// <param name="newest">The version to stop at.</param>
    internal static void Migrate(NpgsqlConnection connection, int newest)
    {
        if (ReadState(connection) is (true, _, _) && Version(connection) == newest) return;
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})");
        MakeSchema(connection);
        var version = Version(connection);
        if (version > Newest) throw new StoreUnavailableException($"schema {Name} has version {version}; this program knows up to {Newest}: run the newer one");
        for (var step = version + 1; step <= newest; step++)
        {
            Execute(connection, Step(step));
            Execute(connection, $"INSERT INTO schema_version VALUES ({step}, now())");
        }
        transaction.Commit();
    }

    /// <summary>A schema that an administrator made for us is empty; we may not be allowed to make one then.</summary>
    private static void MakeSchema(NpgsqlConnection connection)
    {
        var (isOurs, isThere, isUsed) = ReadState(connection);
        if (isOurs) return;
        if (isUsed) throw new StoreUnavailableException($"schema {Name} is another program's: rename it, or name another database");
        if (!isThere) Execute(connection, $"CREATE SCHEMA {Name}");
        Execute(connection, "CREATE TABLE schema_version (version integer PRIMARY KEY, made timestamptz NOT NULL)");
    }

    private static (bool IsOurs, bool IsThere, bool IsUsed) ReadState(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(State, connection);
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2));
    }

    private static int Version(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return (int)command.ExecuteScalar()!;
    }

    private static void Execute(NpgsqlConnection connection, string statements)
    {
        using var command = new NpgsqlCommand(statements, connection) { CommandTimeout = MigrationSeconds };
        command.ExecuteNonQuery();
    }

    private static string Step(int step)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Postgres/{step}.sql")!);
        return text.ReadToEnd();
    }
}

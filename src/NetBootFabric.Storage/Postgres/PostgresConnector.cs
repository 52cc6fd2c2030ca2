using NetBootFabric.Storage.Writing;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>Makes connections that are ready to be written through: to a primary, with our schema, with durable commits.</summary>
internal sealed class PostgresConnector : IDisposable
{
    /// <summary>Seconds to connect, and for a group's answer: a server that hangs costs a client one of its own retries, not the boot.</summary>
    private const int ConnectSeconds = 2, CommandSeconds = 3;

    private readonly NpgsqlDataSource _source;

    private PostgresConnector(NpgsqlConnectionStringBuilder text)
    {
        (User, Database) = (text.Username ?? "", text.Database ?? "");
        Name = $"postgres:{User}@{text.Host}:{text.Port}/{Database}";
        _source = NpgsqlDataSource.Create(text);
    }

    /// <summary>Without the password.</summary>
    public string Name { get; }
    public string User { get; }
    public string Database { get; }

    /// <exception cref="StoreUnavailableException">No connection string.</exception>
    public static PostgresConnector Of(string connectionString)
    {
        if (PostgresStore.MistakeIn(connectionString) is { } mistake) throw new StoreUnavailableException($"store: postgres: {mistake}");
        return new PostgresConnector(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "netbootd",
            SearchPath = PostgresSchema.Name,
            Pooling = false,
            Enlist = false,
            Timeout = ConnectSeconds,
            CommandTimeout = CommandSeconds,
            CancellationTimeout = -1, // a server that is late is left at once, not asked to cancel
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
        });
    }

    /// <param name="writer">Whose groups will be written.</param>
    /// <exception cref="StoreUnavailableException">The message says what to check.</exception>
    public NpgsqlConnection Open(Guid writer)
    {
        var connection = _source.CreateConnection();
        try
        {
            connection.Open();
            RefuseStandby(connection);
            PostgresSchema.Migrate(connection);
            Register(connection, writer);
            return connection;
        }
        catch (Exception fault)
        {
            connection.Dispose();
            throw PostgresFault.Unavailable(fault, this);
        }
    }

    /// <summary>Never throws.</summary>
    public void Close(NpgsqlConnection connection, Guid writer)
    {
        try
        {
            using var command = new NpgsqlCommand("DELETE FROM writer WHERE id = $1", connection) { Parameters = { new() { Value = writer } } };
            command.ExecuteNonQuery();
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
        {
            // The row stays for a day.
        }
        connection.Dispose();
    }

    public IReadOnlyList<string> ReadStreamNames(NpgsqlConnection connection)
    {
        var names = new List<string>();
        using var command = new NpgsqlCommand("SELECT name FROM stream", connection) { CommandTimeout = PostgresSchema.MigrationSeconds };
        using var reader = command.ExecuteReader();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    public void Dispose() => _source.Dispose();

    private void RefuseStandby(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean", connection);
        if (command.ExecuteScalar() is true) throw new StoreUnavailableException($"{Name} is read-only, a standby perhaps: name the primary, or promote this one");
    }

    /// <summary>
    /// A commit that does not wait for the disk acknowledges what can be lost, so it is not left off; stricter settings stay. Quarantines that are over and
    /// stores that are long gone are swept on the way.
    /// </summary>
    private static void Register(NpgsqlConnection connection, Guid writer)
    {
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"),
                new("DELETE FROM quarantine WHERE until <= (SELECT clock())"),
                new("DELETE FROM writer WHERE id IN (SELECT id FROM writer WHERE last < now() - interval '1 day' FOR UPDATE SKIP LOCKED)"),
                new("INSERT INTO writer VALUES ($1, 0, '{}', '{}', now()) ON CONFLICT (id) DO UPDATE SET last = now()") { Parameters = { new() { Value = writer } } },
            },
        };
        batch.ExecuteNonQuery();
    }
}

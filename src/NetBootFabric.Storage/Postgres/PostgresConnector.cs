using NetBootFabric.Storage.Writing;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>Makes connections that are ready to be written through: to a primary, with our schema, with durable commits.</summary>
internal sealed class PostgresConnector : IDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly PostgresLimits _limits;

    private PostgresConnector(NpgsqlConnectionStringBuilder text, PostgresLimits limits)
    {
        _limits = limits;
        (User, Database) = (text.Username ?? "", text.Database ?? "");
        Name = $"postgres:{User}@{text.Host}:{text.Port}/{Database}";
        _source = NpgsqlDataSource.Create(text);
    }

    public PostgresLimits Limits => _limits;

    /// <summary>Is set by each connection that leases are written through; null: none are.</summary>
    public PostgresClock? Clock { get; init; }

    /// <summary>Without the password.</summary>
    public string Name { get; }
    public string User { get; }
    public string Database { get; }

    /// <exception cref="StoreUnavailableException">No connection string.</exception>
    public static PostgresConnector Of(string connectionString, PostgresLimits limits, PostgresClock? clock = null)
    {
        if (PostgresStore.MistakeIn(connectionString) is { } mistake) throw new StoreUnavailableException($"store: postgres: {mistake}");
        return new PostgresConnector(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = SessionName.Alone,
            SearchPath = PostgresSchema.Name,
            Pooling = false,
            Enlist = false,
            Timeout = limits.ConnectSeconds,
            CommandTimeout = limits.CommandSeconds,
            CancellationTimeout = -1, // a server that is late is left at once, not asked to cancel
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
        }, limits)
        { Clock = clock };
    }

    /// <param name="writer">Whose groups will be written; null: none.</param>
    /// <param name="sessionName">See <see cref="SessionName"/>.</param>
    /// <exception cref="StoreUnavailableException">The message says what to check.</exception>
    public NpgsqlConnection Open(string sessionName, Guid? writer = null)
    {
        var connection = _source.CreateConnection();
        try
        {
            connection.Open();
            RefuseStandby(connection);
            PostgresSchema.Migrate(connection);
            SetUp(connection, sessionName);
            if (writer is { } id) Register(connection, id);
            if (writer is not null) Clock?.Measure(connection);
            return connection;
        }
        catch (Exception fault)
        {
            connection.Dispose();
            throw PostgresFault.Unavailable(fault, this);
        }
    }

    public static void Rename(NpgsqlConnection connection, string sessionName)
    {
        using var command = new NpgsqlCommand("SELECT set_config('application_name', $1, false)", connection) { Parameters = { new() { Value = sessionName } } };
        command.ExecuteNonQuery();
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

    /// <summary>Whether a shard has, or had, an owner.</summary>
    public bool HasShards(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM shard)", connection);
        return command.ExecuteScalar() is true;
    }

    public void Dispose() => _source.Dispose();

    private void RefuseStandby(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean", connection);
        if (command.ExecuteScalar() is true) throw new StoreUnavailableException($"{Name} is read-only, a standby perhaps: name the primary, or promote this one");
    }

    /// <summary>
    /// A commit that does not wait for the disk acknowledges what can be lost, so it is not left off; stricter settings stay. Read committed: each statement of a function sees
    /// what was committed while the one before it waited for a lock.
    /// </summary>
    private void SetUp(NpgsqlConnection connection, string sessionName)
    {
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"),
                new("SET default_transaction_isolation = 'read committed'"),
                new($"SET lock_timeout = {_limits.LockMilliseconds}"),
                new("SELECT set_config('application_name', $1, false)") { Parameters = { new() { Value = sessionName } } },
            },
        };
        if (_limits.StatementMilliseconds > 0) batch.BatchCommands.Add(new($"SET statement_timeout = {_limits.StatementMilliseconds}"));
        batch.ExecuteNonQuery();
    }

    /// <summary>Quarantines that are over and stores that are long gone are swept on the way.</summary>
    private static void Register(NpgsqlConnection connection, Guid writer)
    {
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("DELETE FROM quarantine WHERE until <= (SELECT clock())"),
                new("DELETE FROM writer WHERE id IN (SELECT id FROM writer WHERE last < now() - interval '1 day' FOR UPDATE SKIP LOCKED)"),
                new("INSERT INTO writer VALUES ($1, 0, '{}', '{}', now()) ON CONFLICT (id) DO UPDATE SET last = now()") { Parameters = { new() { Value = writer } } },
            },
        };
        batch.ExecuteNonQuery();
    }
}

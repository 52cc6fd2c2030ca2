using NetBootFabric.Storage.Writing;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>What an exception means (PostgreSQL manual, appendix A), and what the operator should check.</summary>
internal static class PostgresFault
{
    /// <summary>The values are at fault: classes 22 data, 23 integrity, 54 limits; or a text or number that can't be encoded. Tried again, it would fail again.</summary>
    public static bool IsOfData(Exception fault) => fault switch
    {
        PostgresException { SqlState: var state } => state[..2] is "22" or "23" or "54",
        ArgumentException or InvalidCastException or OverflowException => true,
        _ => false,
    };

    public static StoreUnavailableException Unavailable(Exception fault, PostgresConnector connector) =>
        fault as StoreUnavailableException ?? new StoreUnavailableException($"{connector.Name}: {Reason(fault)}. {Advice(fault, connector)}", fault);

    private static string Reason(Exception fault) => fault switch
    {
        PostgresException answer => answer.MessageText,
        _ when fault.InnerException is { } inner => $"{fault.Message.TrimEnd('.')} ({inner.Message.TrimEnd('.')})",
        _ => fault.Message.TrimEnd('.'),
    };

    private static string Advice(Exception fault, PostgresConnector connector) => (fault as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"Check user, password and the server's pg_hba.conf for {connector.User}",
        PostgresErrorCodes.InvalidCatalogName => $"Make the database: createdb -O {connector.User} {connector.Database}",
        PostgresErrorCodes.InsufficientPrivilege => $"{connector.User} must own the schema {PostgresSchema.Name}, or may make it: GRANT CREATE ON DATABASE {connector.Database} TO {connector.User}",
        PostgresErrorCodes.TooManyConnections => "Raise max_connections: each head node takes three",
        PostgresErrorCodes.CannotConnectNow => "It starts or stops just now: try again",
        PostgresErrorCodes.ReadOnlySqlTransaction => "A standby can't be written: name the primary",
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => "It waited too long for another session: see pg_stat_activity and pg_locks",
        null => "Check that PostgreSQL runs, listens on that address (listen_addresses, port) and that no firewall is between",
        _ => "See the server's log",
    };
}

namespace NetBootFabric.Storage.Postgres;

/// <summary>How long a connection waits before it gives up.</summary>
/// <param name="ConnectSeconds">For a connection that is ready.</param>
/// <param name="CommandSeconds">For an answer; then the connection is left.</param>
/// <param name="LockMilliseconds">For another session's lock: the server gives up itself, so that nothing waits there for a client that has gone.</param>
/// <param name="StatementMilliseconds">For a whole statement, at the server; 0: as the server is set up.</param>
internal sealed record PostgresLimits(int ConnectSeconds, int CommandSeconds, int LockMilliseconds, int StatementMilliseconds)
{
    /// <summary>From a call to its answer. The driver's own time-outs add up: resolving a name, connecting, asking a server that is late to cancel.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(1.2);

    /// <summary>A server that hangs costs a client one of its own retries, not the boot.</summary>
    public static readonly PostgresLimits Writer = new(2, 3, 2000, 0);

    /// <summary>A head node that gets no answer for a second is taken for dead.</summary>
    public static readonly PostgresLimits Cluster = new(1, 1, 500, 900);
}

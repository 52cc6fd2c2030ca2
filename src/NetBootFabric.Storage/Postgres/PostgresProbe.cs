using System.Net.Sockets;
using NetBootFabric.Storage.Writing;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <param name="Latency">Of the quickest of a few statements, there and back.</param>
/// <param name="Ahead">By how much the database's clock is ahead of ours; negative: behind.</param>
public readonly record struct ProbedDatabase(TimeSpan Latency, TimeSpan Ahead);

/// <summary>Asks a database how far away it is, and what time it is there.</summary>
public static class PostgresProbe
{
    private const int Questions = 5;
    private const int Seconds = 3;

    /// <exception cref="StoreUnavailableException">It does not answer; the message says why.</exception>
    public static ProbedDatabase Ask(string connectionString, TimeProvider time)
    {
        try
        {
            return Measure(connectionString, time);
        }
        catch (Exception silent) when (silent is NpgsqlException or TimeoutException or SocketException or ArgumentException)
        {
            throw new StoreUnavailableException(silent.Message, silent);
        }
    }

    private static ProbedDatabase Measure(string connectionString, TimeProvider time)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Enlist = false, Timeout = Seconds, CommandTimeout = Seconds, ApplicationName = "netboot-fabric doctor" };
        using var connection = new NpgsqlConnection(text.ConnectionString);
        connection.Open();
        using var question = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var best = new ProbedDatabase(TimeSpan.MaxValue, default);
        for (var i = 0; i < Questions; i++)
        {
            var began = time.GetTimestamp();
            var there = new DateTimeOffset((DateTime)question.ExecuteScalar()!);
            var latency = time.GetElapsedTime(began);
            if (latency < best.Latency) best = new ProbedDatabase(latency, there + latency / 2 - time.GetUtcNow());
        }
        return best;
    }
}

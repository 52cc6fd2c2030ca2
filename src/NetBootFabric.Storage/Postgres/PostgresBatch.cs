using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>Statements sent together; without a transaction of their own around them they are one (PostgreSQL manual, 55.2.3: up to the Sync message).</summary>
internal sealed class PostgresBatch(NpgsqlConnection connection) : IDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);
    private readonly List<Action<NpgsqlDataReader>> _readers = [];

    public bool IsEmpty => _readers.Count == 0;

    /// <param name="read">Called for every row of the statement, which must be one that gives rows.</param>
    /// <returns>The statement's parameters, to be filled in their order.</returns>
    public NpgsqlParameterCollection Add(string statement, Action<NpgsqlDataReader> read)
    {
        var command = new NpgsqlBatchCommand(statement);
        _batch.BatchCommands.Add(command);
        _readers.Add(read);
        return command.Parameters;
    }

    public static void Add<T>(NpgsqlParameterCollection parameters, T value) => parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    /// <summary>The last NextResult waits until the server is ready for the next query, which it is after the commit.</summary>
    public void Run()
    {
        using var reader = _batch.ExecuteReader();
        var statement = 0;
        do
        {
            while (reader.Read()) _readers[statement](reader);
            statement++;
        }
        while (reader.NextResult());
    }

    public void Dispose() => _batch.Dispose();
}

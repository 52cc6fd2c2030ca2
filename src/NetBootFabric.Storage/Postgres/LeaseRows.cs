using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>Lease kinds of <c>write_group</c>.</summary>
internal enum LeaseKind : short { Commit = 0, Release = 1, Quarantine = 2 }

/// <summary>The lease arguments of <c>write_group</c>: one array a column.</summary>
internal sealed class LeaseRows
{
    private readonly List<short> _kinds = [];
    private readonly List<long> _clients = [];
    private readonly List<long> _addresses = [];
    private readonly List<long> _times = [];
    private readonly List<long> _epochs = [];
    private readonly List<string> _texts = [];
    private readonly List<int> _shards = [];

    public int Count => _kinds.Count;

    /// <returns>The row's place, which is its outcome's place too.</returns>
    public int Add(LeaseKind kind, long client, long address, long time, long epoch, string text, int shard)
    {
        _kinds.Add((short)kind);
        _clients.Add(client);
        _addresses.Add(address);
        _times.Add(time);
        _epochs.Add(epoch);
        _texts.Add(text);
        _shards.Add(shard);
        return Count - 1;
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        PostgresBatch.Add(parameters, _kinds);
        PostgresBatch.Add(parameters, _clients);
        PostgresBatch.Add(parameters, _addresses);
        PostgresBatch.Add(parameters, _times);
        PostgresBatch.Add(parameters, _epochs);
        PostgresBatch.Add(parameters, _texts);
        PostgresBatch.Add(parameters, _shards);
    }
}

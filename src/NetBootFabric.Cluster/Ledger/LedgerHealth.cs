namespace NetBootFabric.Cluster.Ledger;

/// <summary>Whether history can be read and written, over all of a head node's ledgers. Thread-safe.</summary>
internal sealed class LedgerHealth(TimeProvider time, Action changed)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _failing = [];

    public DateTimeOffset? FailingSince { get; private set; }
    public string? LastFailure { get; private set; }

    public void Fails(int shard, string reason)
    {
        lock (_gate)
        {
            LastFailure = reason;
            if (!_failing.Add(shard) || _failing.Count > 1) return;
            FailingSince = time.GetUtcNow();
        }
        changed();
    }

    public void Works(int shard)
    {
        lock (_gate)
        {
            if (!_failing.Remove(shard) || _failing.Count > 0) return;
            FailingSince = null;
        }
        changed();
    }
}

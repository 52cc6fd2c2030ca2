namespace NetBootFabric.Storage.Writing;

/// <summary>Counts what the writer does, and remembers since when it can't.</summary>
internal sealed class StoreHealth(TimeProvider time)
{
    private readonly Lock _lock = new();
    private StoreStatus _status = new();

    /// <summary>Called when writing begins to fail and when it works again, on the writer's thread.</summary>
    public event Action<StoreStatus>? Changed;

    public StoreStatus Read(int waiting)
    {
        lock (_lock) return _status with { Waiting = waiting };
    }

    public void Succeeded(int items)
    {
        StoreStatus status;
        bool recovered;
        lock (_lock)
        {
            recovered = _status.FailingSince is not null;
            status = _status = _status with { Commits = _status.Commits + (items > 0 ? 1 : 0), Items = _status.Items + items, FailingSince = null };
        }
        if (recovered) Changed?.Invoke(status);
    }

    public void Failed(StoreUnavailableException failure)
    {
        StoreStatus status;
        bool first;
        lock (_lock)
        {
            first = _status.FailingSince is null;
            status = _status = _status with
            {
                Failures = _status.Failures + 1,
                FailingSince = _status.FailingSince ?? time.GetUtcNow(),
                LastFailure = failure.Message,
            };
        }
        if (first) Changed?.Invoke(status);
    }

    public void TurnedAway()
    {
        lock (_lock) _status = _status with { TurnedAway = _status.TurnedAway + 1 };
    }

    public void CompletionFailed(Exception fault)
    {
        lock (_lock) _status = _status with { CompletionFaults = _status.CompletionFaults + 1, LastFailure = fault.Message };
    }
}

/// <summary>How the store does. Counters since it was opened.</summary>
public sealed record StoreStatus
{
    /// <summary>Transactions, and the items in them: their quotient says how well commits are grouped.</summary>
    public long Commits { get; init; }
    public long Items { get; init; }

    /// <summary>Transactions that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Items refused because too many waited, or the store was closed.</summary>
    public long TurnedAway { get; init; }

    /// <summary>Completions that threw: a fault of the caller's.</summary>
    public long CompletionFaults { get; init; }

    /// <summary>Items that wait now.</summary>
    public int Waiting { get; init; }

    /// <summary>Null: the last transaction was committed.</summary>
    public DateTimeOffset? FailingSince { get; init; }
    public string? LastFailure { get; init; }
}

namespace NetBootFabric.Actors.Persistence.Store;

/// <summary>A journal in memory, for tests and simulations, with the faults of a disk: it can be slow, hold writes back, fail them and crash.</summary>
public sealed class InMemoryJournalStore(TimeProvider? time = null) : IJournalStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Operation>> _pending = [];
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private InMemoryJournal _disk = new();
    private bool _crashed;

    /// <summary>While true, writes wait for <see cref="Release"/>.</summary>
    public bool Holds { get; set; }

    /// <summary>How long a write takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How long a recovery takes.</summary>
    public TimeSpan RecoveryDelay { get; set; }

    /// <summary>Asked for each write by its persistence id; an exception fails the write, which then leaves nothing.</summary>
    public Func<string, Exception?>? Fault { get; set; }

    /// <summary>Asked for each recovery.</summary>
    public Func<string, Exception?>? RecoveryFault { get; set; }

    /// <summary>Appends that were committed.</summary>
    public int Appends { get; private set; }

    /// <summary>Ids of which something was committed.</summary>
    public IReadOnlyCollection<string> PersistenceIds
    {
        get
        {
            lock (_gate) return [.. _disk.PersistenceIds];
        }
    }

    /// <summary>Writes that wait.</summary>
    public int Pending
    {
        get
        {
            lock (_gate) return _pending.Values.Sum(static queue => queue.Count);
        }
    }

    public void Append(string persistenceId, IReadOnlyList<StoredItem> events, Action<Exception?> completed) => Write(persistenceId, completed, () =>
    {
        _disk.Of(persistenceId).Append(events);
        Appends++;
    });

    public void SaveSnapshot(string persistenceId, StoredItem snapshot, Action<Exception?> completed) =>
        Write(persistenceId, completed, () => _disk.Of(persistenceId).Snapshots[snapshot.SequenceNr] = snapshot);

    public void DeleteEvents(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        Write(persistenceId, completed, () => _disk.Of(persistenceId).Events.RemoveAll(stored => stored.SequenceNr <= toSequenceNr));

    public void DeleteSnapshots(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        Write(persistenceId, completed, () => _disk.Of(persistenceId).DeleteSnapshots(toSequenceNr));

    public void Recover(string persistenceId, Action<Recovered?, Exception?> completed)
    {
        Recovered? recovered = null;
        Submit(new Operation(persistenceId, failure => completed(recovered, failure), () =>
        {
            if (RecoveryFault?.Invoke(persistenceId) is { } failure) return failure;
            recovered = _disk.Recover(persistenceId);
            return null;
        }), RecoveryDelay, waits: RecoveryDelay > TimeSpan.Zero);
    }

    /// <summary>Ends <see cref="Holds"/> and commits what waits.</summary>
    public void Release()
    {
        Holds = false;
        while (Next() is { } operation) Run(operation);
    }

    /// <summary>The node dies: what waits is lost and completes never, as do later calls. The store that is returned has what was committed.</summary>
    public InMemoryJournalStore Crash()
    {
        lock (_gate)
        {
            _crashed = true;
            _pending.Clear();
            return new InMemoryJournalStore(_time) { _disk = _disk };
        }
    }

    private void Write(string persistenceId, Action<Exception?> completed, Action apply) => Submit(new Operation(persistenceId, completed, () =>
    {
        if (Fault?.Invoke(persistenceId) is { } failure) return failure;
        try
        {
            apply();
            return null;
        }
        catch (InvalidOperationException refusal)
        {
            // Another writer of this id was faster: an SQL store's unique key says so.
            return refusal;
        }
    }), Delay, waits: Holds || Delay > TimeSpan.Zero);

    private void Submit(Operation operation, TimeSpan delay, bool waits)
    {
        lock (_gate)
        {
            if (_crashed) return;
            if (waits || _pending.ContainsKey(operation.PersistenceId))
            {
                if (!_pending.TryGetValue(operation.PersistenceId, out var queue)) _pending[operation.PersistenceId] = queue = new();
                queue.Enqueue(operation);
                if (!Holds) RunLater(operation.PersistenceId, delay);
                return;
            }
        }
        Run(operation);
    }

    private void RunLater(string persistenceId, TimeSpan delay) => _ = _time.CreateTimer(_ =>
    {
        if (!Holds && Next(persistenceId) is { } operation) Run(operation);
    }, null, delay, Timeout.InfiniteTimeSpan);

    private Operation? Next(string? persistenceId = null)
    {
        lock (_gate)
        {
            persistenceId ??= _pending.Keys.FirstOrDefault();
            if (persistenceId is null || !_pending.TryGetValue(persistenceId, out var queue)) return null;
            var operation = queue.Dequeue();
            if (queue.Count == 0) _pending.Remove(persistenceId);
            return operation;
        }
    }

    private void Run(Operation operation)
    {
        Exception? failure;
        lock (_gate) failure = operation.Apply();
        operation.Completed(failure);
    }

    private sealed record Operation(string PersistenceId, Action<Exception?> Completed, Func<Exception?> Apply);
}

using Akka.Actor.Setup;

namespace NetBootFabric.Testing.Virtual;

/// <summary>
/// One run of a process at its journal, with the faults of a disk: it can be slow, hold writes back, fail them and crash. A set-up of the systems that use it:
/// <c>node.CreateSystem(name, null, store)</c>. Thread-safe.
/// </summary>
public sealed class VirtualJournalStore(TimeProvider time) : Setup
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Operation>> _pending = [];
    private VirtualDisk _disk = new();
    private bool _crashed;

    /// <summary>While true, writes wait for <see cref="Release"/>.</summary>
    public bool Holds { get; set; }

    /// <summary>How long a write takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How long a read takes: of a snapshot, of the events after it.</summary>
    public TimeSpan RecoveryDelay { get; set; }

    /// <summary>Asked for each write by its persistence id; an exception fails the write, which then leaves nothing.</summary>
    public Func<string, Exception?>? Fault { get; set; }

    /// <summary>Asked for each read.</summary>
    public Func<string, Exception?>? RecoveryFault { get; set; }

    /// <summary>Writes complete at once and leave nothing.</summary>
    public bool KeepsNothing { get; init; }

    /// <summary>A stream that can't be read is read as empty.</summary>
    public bool UnreadIsEmpty { get; init; }

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

    /// <summary>Operations that wait.</summary>
    public int Pending
    {
        get
        {
            lock (_gate) return _pending.Values.Sum(static queue => queue.Count);
        }
    }

    /// <summary>Ends <see cref="Holds"/> and commits what waits.</summary>
    public void Release()
    {
        Holds = false;
        while (Next() is { } operation) Run(operation);
    }

    /// <summary>The process dies: what waits is lost and completes never, as do later calls. The store that is returned has what was committed.</summary>
    public VirtualJournalStore Crash()
    {
        lock (_gate)
        {
            _crashed = true;
            _pending.Clear();
            return Open();
        }
    }

    /// <summary>Another process at the same disk.</summary>
    public VirtualJournalStore Open() => new(time) { _disk = _disk, UnreadIsEmpty = UnreadIsEmpty };

    internal void Append(string persistenceId, IReadOnlyList<StoredItem> events, Action<Exception?> completed) => Write(persistenceId, completed, () =>
    {
        if (!KeepsNothing) _disk.Of(persistenceId).Append(events);
        Appends++;
    });

    internal void Save(string persistenceId, StoredItem snapshot, Action<Exception?> completed) =>
        Write(persistenceId, completed, () =>
        {
            if (!KeepsNothing) _disk.Of(persistenceId).Save(snapshot);
        });

    internal void DeleteEvents(string persistenceId, long to, Action<Exception?> completed) =>
        Write(persistenceId, completed, () => _disk.Of(persistenceId).DeleteEvents(to));

    internal void DeleteSnapshots(string persistenceId, long to, Action<Exception?> completed) =>
        Write(persistenceId, completed, () => _disk.Of(persistenceId).DeleteSnapshots(to));

    internal void Read(string persistenceId, Action<StoredStream?, Exception?> completed)
    {
        StoredStream? stream = null;
        Submit(new Operation(persistenceId, failure => completed(stream, failure), () =>
        {
            if (RecoveryFault?.Invoke(persistenceId) is { } failure)
            {
                if (UnreadIsEmpty) stream = VirtualDisk.Nothing;
                return failure;
            }
            stream = _disk.Read(persistenceId);
            return null;
        }), RecoveryDelay, waits: RecoveryDelay > TimeSpan.Zero);
    }

    private void Write(string persistenceId, Action<Exception?> completed, Action apply) => Submit(new Operation(persistenceId, completed, () =>
    {
        if (Fault?.Invoke(persistenceId) is { } failure) return failure;
        try
        {
            apply();
            return null;
        }
        catch (IOException refusal)
        {
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

    private void RunLater(string persistenceId, TimeSpan delay) => _ = time.CreateTimer(_ =>
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

namespace NetBootFabric.Storage.Writing;

/// <summary>
/// Group commit: one thread takes everything that waits, writes it in one transaction, and then runs the completions. An idle writer begins at once;
/// while one group is being synced to disk the next one gathers, so the more there is to do the more a sync is worth.
/// </summary>
internal sealed class GroupWriter<TSession> : IDisposable where TSession : class, IWriteSession
{
    /// <summary>Items in one transaction at most. At about 10 µs an item a group takes some 20 ms, far below a client's patience.</summary>
    internal const int GroupLimit = 2048;

    /// <summary>How often whoever queues items is let run on before a group begins, as long as the group grows by it.</summary>
    private const int Yields = 8;

    private readonly Func<TSession> _open;
    private readonly int _capacity;
    private readonly TimeSpan _leisure;
    private readonly int _company;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private readonly StoreHealth _health;
    private TSession? _session;
    private List<WriteItem<TSession>> _gathering = [];
    private List<WriteItem<TSession>> _writing = [];
    private readonly List<Exception?> _refusals = [];

    /// <summary>What nobody waits for, until it is old enough or much enough.</summary>
    private readonly List<WriteItem<TSession>> _leisurely = [];
    private int _waiting;
    private bool _closing;

    /// <param name="session">The first session; <paramref name="open"/> makes another one when it is broken.</param>
    /// <param name="capacity">Items that may wait; more are turned away at once.</param>
    public GroupWriter(TSession session, Func<TSession> open, int capacity, StoreHealth health)
    {
        _session = session;
        (_leisure, _company) = (session.Leisure, session.Company);
        _open = open;
        _capacity = capacity;
        _health = health;
        _thread = new Thread(Run) { IsBackground = true, Name = "store writer" };
        _thread.Start();
    }

    /// <summary>Items that wait or are being written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Queues an item. When the queue is full or closed, the item is completed at once, on the caller's thread, as unavailable.</summary>
    public void Submit(WriteItem<TSession> item)
    {
        item.QueuedAt = TimeProvider.System.GetTimestamp();
        var reason = TryEnqueue(item);
        if (reason is null) return;
        _health.TurnedAway();
        item.Complete(new StoreUnavailableException(reason));
    }

    /// <summary>Writes what waits, then closes.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }
        _thread.Join();
        _session?.Dispose();
        _session = null;
    }

    private string? TryEnqueue(WriteItem<TSession> item)
    {
        lock (_gate)
        {
            if (_closing) return "the store is closed";
            if (Waiting >= _capacity) return $"{_capacity} writes are waiting already";
            Interlocked.Increment(ref _waiting); // the writer counts down without the lock
            if (item.CanWait) Wait(item);
            else Hurry(item);
            return null;
        }
    }

    private void Wait(WriteItem<TSession> item)
    {
        _leisurely.Add(item);
        if ((_leisurely.Count == 1 && _gathering.Count == 0) || _leisurely.Count == GroupLimit) Monitor.Pulse(_gate);
    }

    private void Hurry(WriteItem<TSession> item)
    {
        if (_gathering.Count == 0) Monitor.Pulse(_gate);
        if (item.SeesHistory) TakeLeisurely();
        _gathering.Add(item);
    }

    private void TakeLeisurely()
    {
        _gathering.AddRange(_leisurely);
        _leisurely.Clear();
    }

    private void Run()
    {
        while (TakeGathered())
        {
            if (_writing.Count == 0) WriteGroup(0, 0);
            for (var start = 0; start < _writing.Count; start += GroupLimit)
            {
                var count = Math.Min(GroupLimit, _writing.Count - start);
                WriteGroup(start, count);
                Interlocked.Add(ref _waiting, -count);
            }
            _writing.Clear();
        }
    }

    /// <summary>Nothing is taken when the session's idle limit has passed; false: closed.</summary>
    private bool TakeGathered()
    {
        lock (_gate)
        {
            while (_gathering.Count == 0 && !LeisureIsOver)
            {
                if (_closing) return false;
                if (!Monitor.Wait(_gate, _leisurely.Count > 0 ? LeisureLeft : IdleLimit) && _gathering.Count + _leisurely.Count == 0) return true;
            }
        }
        LetGrow();
        lock (_gate)
        {
            if (LeisureIsOver || _leisurely.Count >= _company) TakeLeisurely();
            (_gathering, _writing) = (_writing, _gathering);
        }
        return true;
    }

    private TimeSpan IdleLimit => _session?.IdleLimit ?? Timeout.InfiniteTimeSpan;

    private bool LeisureIsOver => _leisurely.Count > 0 && (_closing || _leisurely.Count >= GroupLimit || LeisureLeft == TimeSpan.Zero);

    /// <summary>In whole milliseconds, rounded up: a shorter wait would be none.</summary>
    private TimeSpan LeisureLeft => TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (_leisure - TimeProvider.System.GetElapsedTime(_leisurely[0].QueuedAt)).TotalMilliseconds)));

    /// <summary>The first of several items that one thread queues in a row wakes this one: it gives way as long as more come, and loses no time when none does.</summary>
    private void LetGrow()
    {
        for (var (yields, before) = (0, 0); yields < Yields && Waiting > before; yields++)
        {
            before = Waiting;
            Thread.Yield();
        }
    }

    private void WriteGroup(int start, int count)
    {
        _refusals.Clear();
        var failure = TryWrite(start, count);
        if (failure is null) _health.Succeeded(count);
        else _health.Failed(failure);
        for (var i = 0; i < count; i++) Complete(_writing[start + i], failure ?? _refusals[i]);
    }

    private StoreUnavailableException? TryWrite(int start, int count)
    {
        try
        {
            _session ??= _open();
            if (count == 0) _session.Probe();
            else WriteThrough(_session, start, count);
            return null;
        }
        catch (Exception failure)
        {
            Recover(failure);
            return new StoreUnavailableException(failure.Message, failure);
        }
    }

    private void WriteThrough(TSession session, int start, int count)
    {
        var began = TimeProvider.System.GetTimestamp();
        session.Begin();
        for (var i = 0; i < count; i++) _refusals.Add(Apply(_writing[start + i], session));
        session.Commit();
        StoreMetrics.Committed(began);
    }

    private static ItemRefusedException? Apply(WriteItem<TSession> item, TSession session)
    {
        try
        {
            item.Apply(session);
            return null;
        }
        catch (ItemRefusedException refusal)
        {
            return refusal;
        }
    }

    /// <summary>A full disk or a lock leaves the session usable; after anything else the next group starts with a new one.</summary>
    private void Recover(Exception failure)
    {
        _session?.Rollback();
        if (failure is StoreUnavailableException) return;
        _session?.Dispose();
        _session = null;
    }

    private void Complete(WriteItem<TSession> item, Exception? failure)
    {
        if (failure is null) StoreMetrics.Written(item.What, item.QueuedAt);
        try
        {
            item.Complete(failure);
        }
        catch (Exception fault)
        {
            _health.CompletionFailed(fault);
        }
    }
}

using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Actors.Persistence;

public abstract partial class Eventsourced
{
    /// <summary>What waits for its commit or its turn, oldest first, as a list of its own: an idle actor owns no memory for it.</summary>
    private Invocation? _first;
    private Invocation? _last;

    /// <summary>How many of the first ones the store has been handed; 0: no write is under way.</summary>
    private int _underWay;
    private int _stashingInvocations;
    private long _assigned;

    /// <summary>Writes an event; the handler runs after the commit. Commands wait until then.</summary>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler) => Add(@event!, Invoker(handler), stashing: true);

    /// <summary>Writes events, all or none; the handler runs for each.</summary>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => AddAll(events, handler, stashing: true);

    /// <summary>Writes an event; commands go on meanwhile.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler) => Add(@event!, Invoker(handler), stashing: false);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => AddAll(events, handler, stashing: false);

    /// <summary>Runs the handler after the handlers of what was persisted before, at once when there is none. Nothing is written.</summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        RefuseWhileRecovering();
        if (_first is null) handler(evt);
        else Queue(new Invocation(evt!, Invoker(handler), false, _cell.CurrentMail, deferred: true));
    }

    /// <summary>The store failed. The actor is stopped after this.</summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Failed to persist event {0} with sequence number {1} of {2}; the actor stops", @event.GetType(), sequenceNr, PersistenceId);

    /// <summary>The event could not be made bytes. It is dropped without its handler, and the actor goes on.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Rejected event {0} with sequence number {1} of {2}", @event.GetType(), sequenceNr, PersistenceId);

    private static Action<object> Invoker<TEvent>(Action<TEvent> handler) => @event => handler((TEvent)@event);

    private void Add(object @event, Action<object> handler, bool stashing)
    {
        RefuseWhileRecovering();
        ArgumentNullException.ThrowIfNull(@event);
        Queue(new Invocation(@event, handler, stashing, _cell.CurrentMail, deferred: false));
    }

    private void AddAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, bool stashing)
    {
        RefuseWhileRecovering();
        var group = events is IReadOnlyCollection<TEvent> { Count: 1 } ? null : new Group();
        var invoke = Invoker(handler);
        foreach (var @event in events) Queue(new Invocation(@event!, invoke, stashing, _cell.CurrentMail, deferred: false) { Group = group });
    }

    private void Queue(Invocation invocation)
    {
        if (_last is null) _first = invocation;
        else _last.Next = invocation;
        _last = invocation;
        if (invocation.Stashing) _stashingInvocations++;
    }

    private void RefuseWhileRecovering()
    {
        if (IsRecovering) throw new InvalidOperationException("Can't persist while replaying; from RecoveryCompleted on one can");
    }

    /// <summary>Hands what has gathered to the store, unless a write is under way: then it goes as one with what gathers until that ends.</summary>
    private void Flush()
    {
        if (_underWay > 0 || _first is null) return;
        for (var each = _first; each is not null; each = each.Next) _underWay++;
        var items = new List<StoredItem>(_underWay);
        for (var each = _first; each is not null; each = each.Next) Serialize(each, items);
        DropRejectedGroups(items);
        if (items.Count == 0) Written(null);
        else Append(items);
    }

    private void Append(List<StoredItem> items)
    {
        try
        {
            _extension.Store.Append(PersistenceId, items, AppendEnded);
        }
        catch (Exception failure)
        {
            AppendEnded(failure);
        }
    }

    /// <summary>On whatever thread.</summary>
    private void AppendEnded(Exception? failure)
    {
        if (failure is null) _cell.Enqueue(new Continuation(static actor => ((Eventsourced)actor!).Written(null), this, this, waitsForPause: true));
        else Post(() => Written(failure));
    }

    private void Serialize(Invocation invocation, List<StoredItem> items)
    {
        if (invocation.Deferred) return;
        try
        {
            items.Add(_extension.ToStored(invocation.Event, _assigned + 1));
            invocation.SequenceNr = ++_assigned;
        }
        catch (Exception refusal)
        {
            invocation.Rejection = refusal;
            if (invocation.Group is { } group) group.Rejection = refusal;
        }
    }

    // One event of a PersistAll that can't be written takes the others with it; those after it move up, as sequence numbers have no gaps.
    private void DropRejectedGroups(List<StoredItem> items)
    {
        if (!AnyGroupIsRejected()) return;
        _assigned = items.Count == 0 ? _assigned : items[0].SequenceNr - 1;
        items.Clear();
        for (var each = _first; each is not null; each = each.Next)
        {
            each.Rejection ??= each.Group?.Rejection;
            if (each.Rejection is null) Serialize(each, items);
        }
    }

    private bool AnyGroupIsRejected()
    {
        for (var each = _first; each is not null; each = each.Next)
            if (each.Group?.Rejection is not null && each.Rejection is null) return true;
        return false;
    }

    private void Post(Action run) => _cell.Enqueue(new Continuation(static state => ((Action)state!)(), run, this, waitsForPause: true));

    private void Written(Exception? failure)
    {
        if (failure is not null)
        {
            Fail(failure);
            return;
        }
        try
        {
            while (_underWay > 0 && !_cell.StopRequested) Complete(Dequeue());
        }
        finally
        {
            while (_underWay > 0) Dequeue(); // a handler threw: what is written is not to be written again
        }
        if (!_cell.StopRequested) Flush();
    }

    private Invocation Dequeue()
    {
        _underWay--;
        var invocation = _first!;
        _first = invocation.Next;
        if (_first is null) _last = null;
        if (invocation.Stashing) _stashingInvocations--;
        return invocation;
    }

    private void Complete(Invocation invocation)
    {
        using var _ = _cell.WithMail(invocation.Mail);
        if (invocation.Rejection is { } refusal)
        {
            OnPersistRejected(refusal, invocation.Event, _assigned + 1);
            return;
        }
        if (!invocation.Deferred) LastSequenceNr = invocation.SequenceNr;
        invocation.Handler(invocation.Event);
    }

    private void Fail(Exception failure)
    {
        var first = _first!;
        while (first.SequenceNr == 0) first = first.Next!;
        try
        {
            using var _ = _cell.WithMail(first.Mail);
            OnPersistFailure(failure, first.Event, first.SequenceNr);
        }
        finally
        {
            _cell.Stop(_cell.Self);
        }
    }

    /// <summary>Events that are written all or none.</summary>
    private sealed class Group
    {
        public Exception? Rejection;
    }

    private sealed class Invocation(object @event, Action<object> handler, bool stashing, Mail? mail, bool deferred)
    {
        public Invocation? Next;
        public object Event => @event;
        public Action<object> Handler => handler;
        public bool Stashing => stashing;
        public Mail? Mail => mail;
        public bool Deferred => deferred;
        public long SequenceNr { get; set; }
        public Exception? Rejection { get; set; }
        public Group? Group { get; init; }
    }
}

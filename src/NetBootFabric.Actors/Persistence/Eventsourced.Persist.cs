using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Actors.Persistence;

public abstract partial class Eventsourced
{
    private readonly Queue<Invocation> _invocations = new();
    private List<Invocation>? _batch;
    private bool _writing;
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
        if (_invocations.Count == 0) handler(evt);
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
        var group = new Group();
        var invoke = Invoker(handler);
        foreach (var @event in events) Queue(new Invocation(@event!, invoke, stashing, _cell.CurrentMail, deferred: false) { Group = group });
    }

    private void Queue(Invocation invocation)
    {
        _invocations.Enqueue(invocation);
        if (invocation.Stashing) _stashingInvocations++;
        (_batch ??= []).Add(invocation);
    }

    private void RefuseWhileRecovering()
    {
        if (IsRecovering) throw new InvalidOperationException("Can't persist while replaying; from RecoveryCompleted on one can");
    }

    /// <summary>Hands what has gathered to the store, unless a write is under way: then it goes as one with what gathers until that ends.</summary>
    private void Flush()
    {
        if (_writing || _batch is not { Count: > 0 } batch) return;
        _batch = null;
        var items = new List<StoredItem>(batch.Count);
        foreach (var invocation in batch) Serialize(invocation, items);
        DropRejectedGroups(batch, items);
        _writing = true;
        if (items.Count == 0) Written(batch, null);
        else Append(batch, items);
    }

    private void Append(List<Invocation> batch, List<StoredItem> items)
    {
        try
        {
            _extension.Store.Append(PersistenceId, items, failure => Post(() => Written(batch, failure)));
        }
        catch (Exception failure)
        {
            Post(() => Written(batch, failure));
        }
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
    private void DropRejectedGroups(List<Invocation> batch, List<StoredItem> items)
    {
        if (!batch.Exists(static invocation => invocation.Group?.Rejection is not null && invocation.Rejection is null)) return;
        _assigned = items.Count == 0 ? _assigned : items[0].SequenceNr - 1;
        items.Clear();
        foreach (var invocation in batch)
        {
            invocation.Rejection ??= invocation.Group?.Rejection;
            if (invocation.Rejection is null) Serialize(invocation, items);
        }
    }

    private void Post(Action run) => _cell.Enqueue(new Continuation(static state => ((Action)state!)(), run, this, waitsForPause: true));

    private void Written(List<Invocation> batch, Exception? failure)
    {
        _writing = false;
        if (failure is not null)
        {
            Fail(batch, failure);
            return;
        }
        foreach (var invocation in batch)
        {
            Complete(invocation);
            if (_cell.StopRequested) return;
        }
        Flush();
    }

    private void Complete(Invocation invocation)
    {
        _invocations.Dequeue();
        if (invocation.Stashing) _stashingInvocations--;
        using var _ = _cell.WithMail(invocation.Mail);
        if (invocation.Rejection is { } refusal)
        {
            OnPersistRejected(refusal, invocation.Event, _assigned + 1);
            return;
        }
        if (!invocation.Deferred) LastSequenceNr = invocation.SequenceNr;
        invocation.Handler(invocation.Event);
    }

    private void Fail(List<Invocation> batch, Exception failure)
    {
        var first = batch.Find(static invocation => invocation.SequenceNr > 0) ?? batch[0];
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

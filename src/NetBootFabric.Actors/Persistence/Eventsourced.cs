namespace NetBootFabric.Actors.Persistence;

/// <summary>
/// An actor whose state is the sum of the events it has persisted. While a Persist is under way, and while it recovers, commands wait.
/// A handler runs only after the commit of its event; a failed write stops the actor and its command gets no answer.
/// </summary>
public abstract partial class Eventsourced : ActorBase, IWithUnboundedStash
{
    private readonly ActorCell _cell;
    private readonly PersistenceExtension _extension;
    private ILoggingAdapter? _log;

    protected Eventsourced()
    {
        _cell = ActorCell.Running;
        _extension = PersistenceExtension.Get(_cell.System);
    }

    /// <summary>Names the actor's events in the journal, for ever.</summary>
    public abstract string PersistenceId { get; }

    public virtual Recovery Recovery => Recovery.Default;

    public virtual IStashOverflowStrategy InternalStashOverflowStrategy => DiscardToDeadLetterStrategy.Instance;

    /// <summary>Made when it is first asked for: few actors stash.</summary>
    public IStash Stash
    {
        get => field ??= _cell.OwnStash;
        set;
    }

    public string SnapshotterId => PersistenceId;
    public bool IsRecovering { get; private set; } = true;
    public bool IsRecoveryFinished => !IsRecovering;

    /// <summary>The sequence number of the newest event recovered or committed.</summary>
    public long LastSequenceNr { get; private set; }

    public long SnapshotSequenceNr => LastSequenceNr;

    protected ILoggingAdapter Log => _log ??= Logging.GetLogger((IActorContext)_cell);

    protected PersistenceExtension Extension => _extension;

    protected abstract bool ReceiveRecover(object message);

    protected abstract bool ReceiveCommand(object message);

    protected override bool Receive(object message) => ReceiveCommand(message);

    internal override bool TakesHeldMail => !MustWait;

    private bool MustWait => IsRecovering || _stashingInvocations > 0;

    public override void AroundPreStart()
    {
        StartRecovery();
        base.AroundPreStart();
    }

    public override void AroundPostRestart(Exception reason, object? message)
    {
        // PostRestart calls PreStart, not AroundPreStart: recovery is started here.
        StartRecovery();
        base.AroundPostRestart(reason, message);
    }

    public override void AroundPostStop()
    {
        EndRecoveryPermit();
        base.AroundPostStop();
    }

    public override void AroundPreRestart(Exception cause, object? message)
    {
        EndRecoveryPermit();
        Flush();
        base.AroundPreRestart(cause, message);
    }

    protected override bool AroundReceive(Receive receive, object message)
    {
        if (MustWait)
        {
            Hold(message);
            return true;
        }
        try
        {
            return base.AroundReceive(receive, message);
        }
        finally
        {
            // Also after an exception: what was asked to be persisted is written, and found by the recovery that follows.
            if (!_cell.IsAsyncRunning) Flush();
        }
    }

    protected void RunTask(Func<Task> action) => _cell.RunTask(action);

    internal override void AsyncHandlerEnded(bool failed) => Flush();

    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted or SaveSnapshotSuccess or DeleteMessagesSuccess or DeleteSnapshotsSuccess: return;
            case SaveSnapshotFailure failure: Log.Warning(failure.Cause, "Failed to save a snapshot of {0} at {1}", PersistenceId, failure.Metadata.SequenceNr); return;
            case DeleteMessagesFailure failure: Log.Warning(failure.Cause, "Failed to delete events of {0} to {1}", PersistenceId, failure.ToSequenceNr); return;
            case DeleteSnapshotsFailure failure: Log.Warning(failure.Cause, "Failed to delete snapshots of {0}", PersistenceId); return;
            default: base.Unhandled(message); return;
        }
    }

    private void Hold(object message)
    {
        if (_cell.HeldCount < _cell.SystemImpl.Setup.StashCapacity) _cell.HoldCurrentMail();
        else if (InternalStashOverflowStrategy is ThrowOverflowExceptionStrategy) throw new StashOverflowException($"{PersistenceId} has put off {_cell.HeldCount} messages");
        else _cell.SystemImpl.PublishDeadLetter(new DeadLetter(message, Sender, Self));
    }
}

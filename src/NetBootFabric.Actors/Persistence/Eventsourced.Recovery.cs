using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Actors.Persistence;

public abstract partial class Eventsourced
{
    private ITimer? _recoveryTimer;
    private Attempt? _attempt;

    /// <summary>All events are replayed; RecoveryCompleted comes next.</summary>
    protected virtual void OnReplaySuccess() { }

    /// <summary>The store failed, an event could not be read or a Recover handler threw. The actor is stopped after this.</summary>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null) =>
        Log.Error(reason, "Recovery of {0} failed at sequence number {1}; the actor stops", PersistenceId, LastSequenceNr);

    private void StartRecovery()
    {
        _attempt = new Attempt(this);
        _extension.BeginRecovery(_attempt);
    }

    private void AskStore(Attempt attempt)
    {
        try
        {
            _extension.Store.Recover(PersistenceId, attempt.Answer);
        }
        catch (Exception failure)
        {
            attempt.Answer(null, failure);
        }
        // A store that has answered already, as for an actor that never wrote, needs no timer.
        if (attempt.IsAnswered) return;
        StartRecoveryTimer();
        if (attempt.IsAnswered) _recoveryTimer?.Dispose();
    }

    private void StartRecoveryTimer()
    {
        var setup = _cell.SystemImpl.Setup;
        _recoveryTimer = setup.TimeProvider.CreateTimer(
            _ => Post(() => RecoveryEnded(null, new RecoveryTimedOutException($"The store has not answered for {PersistenceId} within {setup.RecoveryTimeout}"))),
            null, setup.RecoveryTimeout, Timeout.InfiniteTimeSpan);
    }

    private void RecoveryEnded(Recovered? recovered, Exception? failure)
    {
        if (!IsRecovering || _attempt is null) return;
        EndRecoveryPermit();
        object? current = null;
        try
        {
            if (failure is not null) throw failure;
            Replay(recovered!, ref current);
        }
        catch (Exception reason)
        {
            FailRecovery(reason, current);
            return;
        }
        Offer(RecoveryCompleted.Instance);
        Flush();
    }

    private void Replay(Recovered recovered, ref object? current)
    {
        if (!ReferenceEquals(Recovery, Recovery.None))
        {
            if (recovered.Snapshot is { } snapshot)
            {
                LastSequenceNr = snapshot.SequenceNr;
                current = new SnapshotOffer(new SnapshotMetadata(PersistenceId, snapshot.SequenceNr, new DateTime(snapshot.Timestamp, DateTimeKind.Utc)), _extension.FromStored(snapshot));
                Offer(current);
            }
            foreach (ref readonly var stored in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(recovered.Events as List<StoredItem> ?? [.. recovered.Events]))
            {
                current = _extension.FromStored(stored);
                LastSequenceNr = stored.SequenceNr;
                Offer(current);
            }
            current = null;
        }
        _assigned = LastSequenceNr = Math.Max(LastSequenceNr, recovered.HighestSequenceNr);
        OnReplaySuccess();
        IsRecovering = false;
    }

    private void Offer(object message)
    {
        using var _ = _cell.WithMail(new Mail(message, null));
        if (!ReceiveRecover(message)) Unhandled(message);
    }

    private void FailRecovery(Exception reason, object? message)
    {
        try
        {
            OnRecoveryFailure(reason, message);
        }
        finally
        {
            _cell.Stop(_cell.Self);
        }
    }

    private void EndRecoveryPermit()
    {
        _recoveryTimer?.Dispose();
        _recoveryTimer = null;
        _attempt?.Release();
        _attempt = null;
    }

    /// <summary>One recovery: it waits for one of those allowed at a time, may be given up before that, and is answered by the store on whatever thread.</summary>
    private sealed class Attempt(Eventsourced actor) : IRecovery
    {
        private int _state;
        private Recovered? _recovered;
        private Exception? _failure;
        private volatile bool _isAnswered;

        public bool IsAnswered => _isAnswered;

        public void Start()
        {
            if (Interlocked.CompareExchange(ref _state, 1, 0) == 0) actor.AskStore(this);
            else actor._extension.EndRecovery(); // given up meanwhile: the next may start
        }

        public void Answer(Recovered? recovered, Exception? failure)
        {
            (_recovered, _failure, _isAnswered) = (recovered, failure, true);
            actor._cell.Enqueue(new Continuation(static attempt => ((Attempt)attempt!).End(), this, actor, waitsForPause: true));
        }

        public void Release()
        {
            if (Interlocked.Exchange(ref _state, 2) == 1) actor._extension.EndRecovery();
        }

        private void End() => actor.RecoveryEnded(_recovered, _failure);
    }
}

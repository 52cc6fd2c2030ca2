using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Actors.Persistence;

public abstract partial class Eventsourced
{
    private ITimer? _recoveryTimer;
    private RecoveryPermit? _permit;

    /// <summary>All events are replayed; RecoveryCompleted comes next.</summary>
    protected virtual void OnReplaySuccess() { }

    /// <summary>The store failed, an event could not be read or a Recover handler threw. The actor is stopped after this.</summary>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null) =>
        Log.Error(reason, "Recovery of {0} failed at sequence number {1}; the actor stops", PersistenceId, LastSequenceNr);

    private void StartRecovery()
    {
        var permit = _permit = new RecoveryPermit(_extension);
        _extension.BeginRecovery(() =>
        {
            if (permit.Granted()) AskStore();
        });
    }

    private void AskStore()
    {
        var answer = new StoreAnswer(this);
        try
        {
            _extension.Store.Recover(PersistenceId, answer.Complete);
        }
        catch (Exception failure)
        {
            answer.Complete(null, failure);
        }
        // A store that has answered already, as for an actor that never wrote, needs no timer.
        if (answer.IsThere) return;
        StartRecoveryTimer();
        if (answer.IsThere) _recoveryTimer?.Dispose();
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
        if (!IsRecovering || _permit is null) return;
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
        Offer(RecoveryCompleted.Instance, ReceiveRecover);
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
                Offer(current, ReceiveRecover);
            }
            foreach (ref readonly var stored in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(recovered.Events as List<StoredItem> ?? [.. recovered.Events]))
            {
                current = _extension.FromStored(stored);
                LastSequenceNr = stored.SequenceNr;
                Offer(current, ReceiveRecover);
            }
            current = null;
        }
        _assigned = LastSequenceNr = Math.Max(LastSequenceNr, recovered.HighestSequenceNr);
        OnReplaySuccess();
        IsRecovering = false;
    }

    private void Offer(object message, Receive handler)
    {
        using var _ = _cell.WithMail(new Mail(message, null));
        if (!handler(message)) Unhandled(message);
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
        _permit?.Release();
        _permit = null;
    }

    /// <summary>What the store says to a recovery, on whatever thread.</summary>
    private sealed class StoreAnswer(Eventsourced actor)
    {
        private volatile bool _isThere;

        public bool IsThere => _isThere;

        public void Complete(Recovered? recovered, Exception? failure)
        {
            _isThere = true;
            actor.Post(() => actor.RecoveryEnded(recovered, failure));
        }
    }

    /// <summary>One of the recoveries allowed at a time; it may be given up before it was granted.</summary>
    private sealed class RecoveryPermit(PersistenceExtension extension)
    {
        private int _state;

        /// <summary>False when it was given up meanwhile; then it goes on to the next.</summary>
        public bool Granted()
        {
            if (Interlocked.CompareExchange(ref _state, 1, 0) == 0) return true;
            extension.EndRecovery();
            return false;
        }

        public void Release()
        {
            if (Interlocked.Exchange(ref _state, 2) == 1) extension.EndRecovery();
        }
    }
}

namespace NetBootFabric.Actors.Persistence;

public abstract partial class Eventsourced
{
    /// <summary>Stores the state as of <see cref="LastSequenceNr"/>; <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/> follows as a message.</summary>
    public void SaveSnapshot(object snapshot)
    {
        var stored = new Store.StoredItem(LastSequenceNr, 0, "", default, _cell.SystemImpl.TimeProvider.GetUtcNow().UtcTicks);
        var metadata = new SnapshotMetadata(PersistenceId, stored.SequenceNr, new DateTime(stored.Timestamp, DateTimeKind.Utc));
        try
        {
            stored = _extension.ToStored(snapshot, LastSequenceNr);
            _extension.Store.SaveSnapshot(PersistenceId, stored, failure => Answer(failure is null ? new SaveSnapshotSuccess(metadata) : new SaveSnapshotFailure(metadata, failure)));
        }
        catch (Exception failure)
        {
            Answer(new SaveSnapshotFailure(metadata, failure));
        }
    }

    /// <summary>Deletes events, once a snapshot stands for them; <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/> follows.</summary>
    public void DeleteMessages(long toSequenceNr) => _extension.Store.DeleteEvents(PersistenceId, toSequenceNr,
        failure => Answer(failure is null ? new DeleteMessagesSuccess(toSequenceNr) : new DeleteMessagesFailure(failure, toSequenceNr)));

    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) => _extension.Store.DeleteSnapshots(PersistenceId, criteria.MaxSequenceNr,
        failure => Answer(failure is null ? new DeleteSnapshotsSuccess(criteria) : new DeleteSnapshotsFailure(criteria, failure)));

    private void Answer(object message) => _cell.Self.Tell(message, _cell.Self);
}

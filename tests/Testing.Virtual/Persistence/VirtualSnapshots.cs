namespace NetBootFabric.Testing.Virtual;

/// <summary>Akka.Persistence's snapshot store over the <see cref="VirtualJournalStore"/> that its system was set up with.</summary>
public sealed class VirtualSnapshots : ReceiveActor
{
    private readonly VirtualJournalStore _store = Context.System.Settings.Setup.Get<VirtualJournalStore>().Value;
    private readonly StoredItems _items = new(Context.System);

    public VirtualSnapshots()
    {
        Receive<LoadSnapshot>(Load);
        Receive<SaveSnapshot>(Save);
        Receive<DeleteSnapshot>(delete => Delete(delete.Metadata.PersistenceId, delete.Metadata.SequenceNr, new DeleteSnapshotSuccess(delete.Metadata), cause => new DeleteSnapshotFailure(delete.Metadata, cause)));
        Receive<DeleteSnapshots>(delete => Delete(delete.PersistenceId, delete.Criteria.MaxSequenceNr, new DeleteSnapshotsSuccess(delete.Criteria), cause => new DeleteSnapshotsFailure(delete.Criteria, cause)));
    }

    private void Load(LoadSnapshot load)
    {
        var reader = Sender;
        _store.Read(load.PersistenceId, (stream, failure) => reader.Tell(
            stream is null ? new LoadSnapshotFailed(failure!) : new LoadSnapshotResult(Selected(load, stream.Snapshot), load.ToSequenceNr), ActorRefs.NoSender));
    }

    private SelectedSnapshot? Selected(LoadSnapshot load, StoredItem? item) => item is null || item.SequenceNr > Math.Min(load.ToSequenceNr, load.Criteria.MaxSequenceNr)
        ? null
        : new SelectedSnapshot(new SnapshotMetadata(load.PersistenceId, item.SequenceNr, item.At.UtcDateTime), _items.Read(item));

    private void Save(SaveSnapshot save)
    {
        var writer = Sender;
        var item = _items.Write(save.Metadata.SequenceNr, save.Snapshot);
        var metadata = new SnapshotMetadata(save.Metadata.PersistenceId, save.Metadata.SequenceNr, item.At.UtcDateTime);
        _store.Save(metadata.PersistenceId, item, failure => writer.Tell(failure is null ? new SaveSnapshotSuccess(metadata) : new SaveSnapshotFailure(metadata, failure), ActorRefs.NoSender));
    }

    private void Delete(string persistenceId, long to, object success, Func<Exception, object> failed)
    {
        var asker = Sender;
        _store.DeleteSnapshots(persistenceId, to, failure => asker.Tell(failure is null ? success : failed(failure), ActorRefs.NoSender));
    }
}

using System.Collections.Concurrent;
using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Storage.Postgres;

public sealed partial class PostgresStore
{
    /// <summary>
    /// Ids that were written, by this node or before it started, so that a new machine's recovery makes no round trip while this head node is alone. As one of several it asks
    /// the database: another may have written since.
    /// </summary>
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);

    public IEnumerable<string> PersistenceIds => _written.Keys;

    public void Append(string persistenceId, IReadOnlyList<StoredItem> events, Action<Exception?> completed) =>
        Submit(new AppendEvents(Known(persistenceId), events, completed));

    public void Recover(string persistenceId, Action<Recovered?, Exception?> completed)
    {
        if (Incarnation is not null || _written.ContainsKey(persistenceId)) Submit(new RecoverStream(persistenceId, completed));
        else completed(StreamReading.NeverWritten, null);
    }

    public void SaveSnapshot(string persistenceId, StoredItem snapshot, Action<Exception?> completed) =>
        Submit(new SaveSnapshot(Known(persistenceId), snapshot, completed));

    public void DeleteEvents(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        Submit(new DeleteFromStream(JournalKind.DeleteEvents, persistenceId, toSequenceNr, completed));

    public void DeleteSnapshots(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        Submit(new DeleteFromStream(JournalKind.DeleteSnapshots, persistenceId, toSequenceNr, completed));

    private string Known(string persistenceId)
    {
        _written.TryAdd(persistenceId, true);
        return persistenceId;
    }

    partial void OnOpened(PostgresSession session)
    {
        foreach (var name in session.ReadStreamNames()) _written[name] = true;
    }
}

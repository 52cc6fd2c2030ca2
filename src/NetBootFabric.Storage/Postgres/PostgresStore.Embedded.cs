using System.Collections.Concurrent;
using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Storage.Postgres;

public sealed partial class PostgresStore
{
    /// <summary>
    /// Ids that were written, so that a new machine's recovery makes no round trip. One that another node wrote first since then is not among them: its
    /// first append here is refused by the database, which makes it known.
    /// </summary>
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);

    public IEnumerable<string> PersistenceIds => _written.Keys;

    public void Append(string persistenceId, IReadOnlyList<StoredItem> events, Action<Exception?> completed) =>
        _writer.Submit(new AppendEvents(Known(persistenceId), events, completed));

    public void Recover(string persistenceId, Action<Recovered?, Exception?> completed)
    {
        if (_written.ContainsKey(persistenceId)) _writer.Submit(new RecoverStream(persistenceId, completed));
        else completed(StreamReading.NeverWritten, null);
    }

    public void SaveSnapshot(string persistenceId, StoredItem snapshot, Action<Exception?> completed) =>
        _writer.Submit(new SaveSnapshot(Known(persistenceId), snapshot, completed));

    public void DeleteEvents(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        _writer.Submit(new DeleteFromStream(JournalKind.DeleteEvents, persistenceId, toSequenceNr, completed));

    public void DeleteSnapshots(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        _writer.Submit(new DeleteFromStream(JournalKind.DeleteSnapshots, persistenceId, toSequenceNr, completed));

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

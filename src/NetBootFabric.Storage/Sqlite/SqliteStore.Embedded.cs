using System.Collections.Concurrent;
using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Storage.Journal;

namespace NetBootFabric.Storage.Sqlite;

public sealed partial class SqliteStore
{
    private static readonly Recovered NeverWritten = new(null, [], 0);

    /// <summary>Every persistence id that was ever written, so that a new machine's recovery reads no disk.</summary>
    private readonly ConcurrentDictionary<string, JournalStream> _streams = new(StringComparer.Ordinal);

    public IEnumerable<string> PersistenceIds => _streams.Keys;

    public void Append(string persistenceId, IReadOnlyList<StoredItem> events, Action<Exception?> completed) =>
        _writer.Submit(new AppendEvents(StreamOf(persistenceId), events, completed));

    public void Recover(string persistenceId, Action<Recovered?, Exception?> completed)
    {
        if (_streams.TryGetValue(persistenceId, out var stream)) _writer.Submit(new RecoverStream(stream, completed));
        else completed(NeverWritten, null);
    }

    public void SaveSnapshot(string persistenceId, StoredItem snapshot, Action<Exception?> completed) =>
        _writer.Submit(new SaveSnapshot(StreamOf(persistenceId), snapshot, completed));

    public void DeleteEvents(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        _writer.Submit(new DeleteEvents(StreamOf(persistenceId), toSequenceNr, completed));

    public void DeleteSnapshots(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        _writer.Submit(new DeleteSnapshots(StreamOf(persistenceId), toSequenceNr, completed));

    private JournalStream StreamOf(string persistenceId) => _streams.GetOrAdd(persistenceId, static name => new JournalStream(name));

    partial void OnOpened(SqliteSession session)
    {
        foreach (var stream in session.Journal.LoadStreams()) _streams[stream.Name] = stream;
    }
}

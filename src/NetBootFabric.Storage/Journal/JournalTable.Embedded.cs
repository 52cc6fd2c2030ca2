using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Storage.Journal;

/// <summary>Events and snapshots in SQLite. Every SQL statement about them stands here.</summary>
internal sealed class JournalTable(SqliteConnection connection)
{
    /// <summary>One seek a stream for its highest event, instead of a walk over all events.</summary>
    private readonly SqliteStatement _streams = connection.Prepare(
        """
        SELECT id, name, max(highest, ifnull((SELECT max(seq) FROM event WHERE stream = s.id), 0),
          ifnull((SELECT max(seq) FROM snapshot WHERE stream = s.id), 0)) FROM stream s
        """);

    private readonly SqliteStatement _addStream = connection.Prepare("INSERT INTO stream (name, highest) VALUES (?1, 0)");

    private readonly SqliteStatement _rememberHighest = connection.Prepare("UPDATE stream SET highest = ?2 WHERE id = ?1");

    private readonly SqliteStatement _addEvent = connection.Prepare(
        "INSERT INTO event (stream, seq, serializer, manifest, payload, written) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    private readonly SqliteStatement _putSnapshot = connection.Prepare(
        "INSERT OR REPLACE INTO snapshot (stream, seq, serializer, manifest, payload, written) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    private readonly SqliteStatement _newestSnapshot = connection.Prepare(
        "SELECT seq, serializer, manifest, payload, written FROM snapshot WHERE stream = ?1 ORDER BY seq DESC LIMIT 1");

    private readonly SqliteStatement _eventsAfter = connection.Prepare(
        "SELECT seq, serializer, manifest, payload, written FROM event WHERE stream = ?1 AND seq > ?2 ORDER BY seq");

    private readonly SqliteStatement _deleteEvents = connection.Prepare("DELETE FROM event WHERE stream = ?1 AND seq <= ?2");

    private readonly SqliteStatement _deleteSnapshots = connection.Prepare("DELETE FROM snapshot WHERE stream = ?1 AND seq <= ?2");

    public IEnumerable<JournalStream> LoadStreams()
    {
        while (_streams.Read()) yield return new JournalStream(_streams.Text(1), _streams.Integer(0), _streams.Integer(2));
    }

    /// <summary>Gives the stream a row if it has none.</summary>
    public void Ensure(JournalStream stream)
    {
        if (stream.Row != 0) return;
        _addStream.Bind(1, stream.Name).Run();
        stream.Row = connection.LastInsertedRow;
    }

    public void AddEvent(JournalStream stream, StoredItem item) => BindItem(_addEvent, stream, item).Run();

    public void PutSnapshot(JournalStream stream, StoredItem item) => BindItem(_putSnapshot, stream, item).Run();

    /// <summary>Writes the highest sequence number down, for when the events that tell it are gone.</summary>
    public void RememberHighest(JournalStream stream) => _rememberHighest.Bind(1, stream.Row).Bind(2, stream.Highest).Run();

    public void DeleteEvents(JournalStream stream, long toSequenceNr) => _deleteEvents.Bind(1, stream.Row).Bind(2, toSequenceNr).Run();

    public void DeleteSnapshots(JournalStream stream, long toSequenceNr) => _deleteSnapshots.Bind(1, stream.Row).Bind(2, toSequenceNr).Run();

    public Recovered Recover(JournalStream stream)
    {
        StoredItem? snapshot = null;
        _newestSnapshot.Bind(1, stream.Row);
        while (_newestSnapshot.Read()) snapshot = ReadItem(_newestSnapshot);
        var events = new List<StoredItem>();
        _eventsAfter.Bind(1, stream.Row).Bind(2, snapshot?.SequenceNr ?? 0);
        while (_eventsAfter.Read()) events.Add(ReadItem(_eventsAfter));
        return new Recovered(snapshot, events, stream.Highest);
    }

    private static SqliteStatement BindItem(SqliteStatement statement, JournalStream stream, in StoredItem item) => statement
        .Bind(1, stream.Row).Bind(2, item.SequenceNr).Bind(3, item.SerializerId).Bind(4, item.Manifest).Bind(5, item.Payload.Span).Bind(6, item.Timestamp);

    private static StoredItem ReadItem(SqliteStatement row) => new(row.Integer(0), (int)row.Integer(1), row.Text(2), row.Blob(3), row.Integer(4));
}

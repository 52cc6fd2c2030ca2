using NetBootFabric.Actors.Persistence.Store;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>Reads snapshots and events of all the streams that a group recovers, in two statements.</summary>
internal sealed class StreamReading : IGroupRead
{
    public static readonly Recovered NeverWritten = new(null, [], 0);

    private const string Snapshots =
        """
        SELECT asked.place, s.highest, n.seq, n.serializer, n.manifest, n.payload, n.written
        FROM unnest($1) WITH ORDINALITY AS asked (name, place) JOIN stream s ON s.name = asked.name
        LEFT JOIN LATERAL (SELECT * FROM snapshot WHERE stream = s.id ORDER BY seq DESC LIMIT 1) n ON true
        """;

    private const string Events =
        """
        SELECT asked.place, e.seq, e.serializer, e.manifest, e.payload, e.written
        FROM unnest($1) WITH ORDINALITY AS asked (name, place) JOIN stream s ON s.name = asked.name
        JOIN event e ON e.stream = s.id AND e.seq > coalesce((SELECT max(seq) FROM snapshot WHERE stream = s.id), 0)
        ORDER BY asked.place, e.seq
        """;

    private readonly List<string> _names = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private Recovered[] _answers = [];
    private List<StoredItem>[] _events = [];

    public bool Contains(string name) => _asked.Contains(name);

    public int Ask(string name)
    {
        _names.Add(name);
        _asked.Add(name);
        return _names.Count - 1;
    }

    public Recovered Answer(int place) => _answers[place] with { Events = _events[place] };

    public void AddTo(PostgresBatch batch)
    {
        _answers = new Recovered[_names.Count];
        Array.Fill(_answers, NeverWritten);
        _events = [.. _names.Select(_ => new List<StoredItem>())];
        PostgresBatch.Add(batch.Add(Snapshots, ReadSnapshot), _names);
        PostgresBatch.Add(batch.Add(Events, row => _events[Place(row)].Add(Item(row, 1))), _names);
    }

    public static void AddEntry(JournalRows rows, in StoredItem item) =>
        rows.AddEntry(item.SequenceNr, item.SerializerId, item.Manifest, item.Payload, item.Timestamp);

    private void ReadSnapshot(NpgsqlDataReader row) =>
        _answers[Place(row)] = new Recovered(row.IsDBNull(2) ? null : Item(row, 2), [], row.GetInt64(1));

    /// <summary>SQL counts from 1.</summary>
    private static int Place(NpgsqlDataReader row) => (int)row.GetInt64(0) - 1;

    private static StoredItem Item(NpgsqlDataReader row, int column) => new(row.GetInt64(column), row.GetInt32(column + 1),
        row.GetString(column + 2), row.GetFieldValue<byte[]>(column + 3), row.GetInt64(column + 4));
}

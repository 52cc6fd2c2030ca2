using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Journal;

/// <summary>A change of one stream. What it changed in memory is undone when its transaction fails.</summary>
internal abstract class JournalItem(JournalStream stream, Action<Exception?> completed) : WriteItem<SqliteSession>
{
    public override string What => "journal";

    public override bool CanWait => true;

    /// <summary>An item that was turned away or refused has changed nothing that would have to be undone.</summary>
    private bool _applied;

    protected JournalStream Stream => stream;

    public sealed override void Apply(SqliteSession session)
    {
        Check();
        _applied = true;
        Change(session.Journal);
    }

    public sealed override void Complete(Exception? failure)
    {
        if (_applied && failure is null) stream.Keep();
        if (_applied && failure is not null) stream.Undo();
        completed(failure);
    }

    /// <summary>Throws <see cref="ItemRefusedException"/> before anything is changed.</summary>
    protected virtual void Check() { }

    protected abstract void Change(JournalTable table);
}

internal sealed class AppendEvents(JournalStream stream, IReadOnlyList<StoredItem> events, Action<Exception?> completed) : JournalItem(stream, completed)
{
    /// <summary>A gap means that an earlier append failed, and an old number that two writers use one id: either way the events are not this stream's next.</summary>
    protected override void Check()
    {
        var expected = Stream.Highest;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].SequenceNr != ++expected)
                throw new ItemRefusedException($"{Stream.Name}: event {events[i].SequenceNr} does not follow {expected - 1}");
        }
    }

    protected override void Change(JournalTable table)
    {
        table.Ensure(Stream);
        for (var i = 0; i < events.Count; i++) table.AddEvent(Stream, events[i]);
        Stream.Highest += events.Count;
    }
}

internal sealed class SaveSnapshot(JournalStream stream, StoredItem snapshot, Action<Exception?> completed) : JournalItem(stream, completed)
{
    protected override void Change(JournalTable table)
    {
        table.Ensure(Stream);
        table.PutSnapshot(Stream, snapshot);
        Stream.Highest = Math.Max(Stream.Highest, snapshot.SequenceNr);
    }
}

internal sealed class DeleteEvents(JournalStream stream, long toSequenceNr, Action<Exception?> completed) : JournalItem(stream, completed)
{
    protected override void Change(JournalTable table)
    {
        if (Stream.Row == 0) return;
        table.RememberHighest(Stream);
        table.DeleteEvents(Stream, toSequenceNr);
    }
}

internal sealed class DeleteSnapshots(JournalStream stream, long toSequenceNr, Action<Exception?> completed) : JournalItem(stream, completed)
{
    protected override void Change(JournalTable table)
    {
        if (Stream.Row == 0) return;
        table.RememberHighest(Stream);
        table.DeleteSnapshots(Stream, toSequenceNr);
    }
}

internal sealed class RecoverStream(JournalStream stream, Action<Recovered?, Exception?> completed) : WriteItem<SqliteSession>
{
    private Recovered? _recovered;

    public override bool SeesHistory => true;

    public override void Apply(SqliteSession session) => _recovered = session.Journal.Recover(stream);

    public override void Complete(Exception? failure) => completed(failure is null ? _recovered : null, failure);
}

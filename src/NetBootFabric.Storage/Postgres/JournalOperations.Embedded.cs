using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Postgres;

/// <summary>A change of one stream.</summary>
internal abstract class JournalOperation(string name, Action<Exception?> completed) : PostgresItem
{
    public override string What => "journal";

    public override bool CanWait => true;

    protected string Name => name;

    public sealed override bool Fits(PostgresGroup group) => !group.Reads.OfType<StreamReading>().Any(reading => reading.Contains(name));

    protected override Exception? Take(PostgresGroup group) => group.JournalOutcomes.Contains(PostgresGroup.Refused) ? Ended(group) : null;

    protected static ItemRefusedException Ended(PostgresGroup group) =>
        new($"{group.Incarnation?.Member}: its incarnation {group.Incarnation?.Number} was fenced, or has left: nothing more is written for it");

    protected override void End(Exception? failure) => completed(failure);
}

internal sealed class AppendEvents(string name, IReadOnlyList<StoredItem> events, Action<Exception?> completed) : JournalOperation(name, completed)
{
    private int _place;

    public override void AddTo(PostgresGroup group)
    {
        _place = -1;
        if (events.Count == 0 || Gap() is not null) return;
        _place = group.Journal.Add(JournalKind.Append, Name, 0, events.Count);
        for (var i = 0; i < events.Count; i++) StreamReading.AddEntry(group.Journal, events[i]);
    }

    protected override Exception? Take(PostgresGroup group)
    {
        if (_place < 0) return Gap();
        return group.JournalOutcomes[_place] switch
        {
            0 => null,
            PostgresGroup.Refused => Ended(group),
            _ => new ItemRefusedException($"{Name}: event {events[0].SequenceNr} does not follow the last one"),
        };
    }

    /// <summary>The database compares the first number with the stream's highest; that the others follow it is seen here.</summary>
    private ItemRefusedException? Gap()
    {
        for (var i = 1; i < events.Count; i++)
        {
            if (events[i].SequenceNr != events[0].SequenceNr + i) return new ItemRefusedException($"{Name}: event {events[i].SequenceNr} does not follow {events[i - 1].SequenceNr}");
        }
        return null;
    }
}

internal sealed class SaveSnapshot(string name, StoredItem snapshot, Action<Exception?> completed) : JournalOperation(name, completed)
{
    public override void AddTo(PostgresGroup group)
    {
        group.Journal.Add(JournalKind.Snapshot, Name, 0, 1);
        StreamReading.AddEntry(group.Journal, snapshot);
    }
}

internal sealed class DeleteFromStream(JournalKind kind, string name, long toSequenceNr, Action<Exception?> completed) : JournalOperation(name, completed)
{
    public override void AddTo(PostgresGroup group) => group.Journal.Add(kind, Name, toSequenceNr, 0);
}

internal sealed class RecoverStream(string name, Action<Recovered?, Exception?> completed) : PostgresItem
{
    private StreamReading _reading = null!;
    private int _place;
    private Recovered? _recovered;

    public override bool SeesHistory => true;

    public override void AddTo(PostgresGroup group)
    {
        _reading = group.Reads.OfType<StreamReading>().FirstOrDefault() ?? new StreamReading();
        if (!group.Reads.Contains(_reading)) group.Reads.Add(_reading);
        _place = _reading.Ask(name);
    }

    protected override Exception? Take(PostgresGroup group)
    {
        _recovered = _reading.Answer(_place);
        return null;
    }

    protected override void End(Exception? failure) => completed(failure is null ? _recovered : null, failure);
}

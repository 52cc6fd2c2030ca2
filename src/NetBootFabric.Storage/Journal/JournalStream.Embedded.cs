namespace NetBootFabric.Storage.Journal;

/// <summary>
/// One persistence id: its row and its highest sequence number, which also counts deleted events. Changed on the writer's thread only, inside a
/// transaction; <see cref="Keep"/> or <see cref="Undo"/> follow it.
/// </summary>
internal sealed class JournalStream(string name)
{
    private long _keptRow;
    private long _keptHighest;

    public JournalStream(string name, long row, long highest) : this(name)
    {
        Row = row;
        Highest = highest;
        Keep();
    }

    public string Name => name;

    /// <summary>0: not in the database yet.</summary>
    public long Row { get; set; }
    public long Highest { get; set; }

    public void Keep() => (_keptRow, _keptHighest) = (Row, Highest);

    public void Undo() => (Row, Highest) = (_keptRow, _keptHighest);
}

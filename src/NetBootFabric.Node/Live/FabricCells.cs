using NetBootFabric.AdminApi.Live;

namespace NetBootFabric.Node.Live;

/// <summary>The cells of all head nodes, put together from what each says of its own. Not thread-safe.</summary>
internal sealed class FabricCells
{
    private readonly Dictionary<string, Placed> _cells = [];
    private readonly Dictionary<string, CellCursor> _cursors = [];

    /// <summary>By head node: its cells that were known before it began anew and were not told again yet.</summary>
    private readonly Dictionary<string, HashSet<string>> _stale = [];
    private readonly Dictionary<string, RoomCell> _changed = [];
    private readonly HashSet<string> _gone = [];

    public IEnumerable<RoomCell> All => _cells.Values.Select(placed => placed.Cell);

    public int Count => _cells.Count;

    public CellCursor CursorOf(string head) => _cursors.GetValueOrDefault(head, new CellCursor(head, "", 0));

    public IEnumerable<CellCursor> Cursors => _cursors.Values;

    public void Apply(CellChanges changes)
    {
        _cursors[changes.Head] = new CellCursor(changes.Head, changes.Instance, changes.Version);
        if (changes.Whole) _stale[changes.Head] = [.. _cells.Where(each => each.Value.Head == changes.Head).Select(each => each.Key)];
        foreach (var cell in changes.Cells) Place(changes.Head, cell);
        foreach (var mac in changes.Gone) Remove(changes.Head, mac);
        if (changes.More || !_stale.Remove(changes.Head, out var stale)) return;
        foreach (var mac in stale) Remove(changes.Head, mac);
    }

    /// <summary>What changed since it was asked last.</summary>
    public (IReadOnlyList<RoomCell> Cells, IReadOnlyList<string> Gone) Take()
    {
        var taken = ((IReadOnlyList<RoomCell>)[.. _changed.Values], (IReadOnlyList<string>)[.. _gone]);
        _changed.Clear();
        _gone.Clear();
        return taken;
    }

    private void Place(string head, RoomCell cell)
    {
        if (_stale.TryGetValue(head, out var stale)) stale.Remove(cell.Mac);
        if (_cells.TryGetValue(cell.Mac, out var placed) && placed.Cell == cell && placed.Head == head) return;
        _cells[cell.Mac] = new Placed(cell, head);
        _changed[cell.Mac] = cell;
        _gone.Remove(cell.Mac);
    }

    /// <summary>A client that moved is told by its new head node, and gone for the former one only.</summary>
    private void Remove(string head, string mac)
    {
        if (!_cells.TryGetValue(mac, out var placed) || placed.Head != head) return;
        _cells.Remove(mac);
        _changed.Remove(mac);
        _gone.Add(mac);
    }

    private readonly record struct Placed(RoomCell Cell, string Head);
}

using NetBootFabric.AdminApi.Live;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Node.Live;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Live;

public sealed class FabricCellsTests : IRoomSource
{
    private readonly ClientBoard _board = new();
    private readonly FabricCells _cells = new();

    public Room Current { get; private set; } = LiveHead.RoomOf(5);

    [Fact]
    public void Only_what_changed_is_told_again()
    {
        var own = new OwnCells("head1", _board, this);
        var first = own.Since(default);
        _board.Post(LiveAdmin.Boot(LiveHead.Mac(3), BootPhase.Kernel), entered: true);
        var then = own.Since(new CellCursor("head1", first.Instance, first.Version));

        Assert.Equal((5, true, 1, false), (first.Cells.Count, first.Whole, then.Cells.Count, then.Whole));
        Assert.Empty(own.Since(new CellCursor("head1", then.Instance, then.Version)).Cells);
    }

    [Fact]
    public void A_large_room_goes_in_parts_and_comes_together()
    {
        var own = new OwnCells("head2", _board, this);
        var changes = own.Since(default, most: 2);
        _cells.Apply(changes);
        while (changes.More) _cells.Apply(changes = own.Since(_cells.CursorOf("head2"), most: 2));

        Assert.Equal(5, _cells.Count);
    }

    [Fact]
    public void A_client_that_moved_is_shown_once_as_its_new_head_node_says()
    {
        _cells.Apply(Told("head1", Cell("a", 3), Cell("b", 3)));
        _cells.Apply(Told("head2", Cell("a", 6)));
        _cells.Apply(new CellChanges("head1", "i", 2, Whole: false, More: false, [], ["a"]));

        Assert.Equal([("a", 6), ("b", 3)], _cells.All.OrderBy(cell => cell.Mac).Select(cell => (cell.Mac, cell.Phase)));
        Assert.Empty(_cells.Take().Gone);
    }

    [Fact]
    public void What_a_head_node_no_longer_tells_after_it_began_anew_is_gone()
    {
        _cells.Apply(Told("head1", Cell("a", 3), Cell("b", 3)));
        _cells.Take();
        _cells.Apply(Told("head1", Cell("a", 3)));

        Assert.Equal(["a"], _cells.All.Select(cell => cell.Mac));
        var (changed, gone) = _cells.Take();
        Assert.Empty(changed);
        Assert.Equal(["b"], gone);
    }

    [Fact]
    public void A_node_that_is_renamed_changes_and_one_that_is_removed_goes()
    {
        var own = new OwnCells("head1", _board, this);
        var first = own.Since(default);
        Current = LiveHead.RoomOf(4, "m");
        var then = own.Since(new CellCursor("head1", first.Instance, first.Version));

        Assert.Equal(["m1", "m2", "m3", "m4"], then.Cells.Select(cell => cell.Name).Order());
        Assert.Equal([LiveHead.Mac(5).ToString()], then.Gone);
    }

    private static CellChanges Told(string head, params RoomCell[] cells) => new(head, "i", 1, Whole: true, More: false, cells, []);

    private static RoomCell Cell(string mac, int phase) => new(mac, mac, null, null, phase, null, 0, null);
}

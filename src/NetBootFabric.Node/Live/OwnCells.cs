using System.Globalization;
using NetBootFabric.AdminApi.Live;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Admin;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Live;

/// <summary>
/// The cells of this head node's clients and of its share of the nodes that were never heard of. Looks at all of them when it is asked, and numbers what changed, so that whoever asks
/// again gets what came since. Thread-safe.
/// </summary>
/// <param name="membership">Null: this head node is alone.</param>
internal sealed class OwnCells(string head, ClientBoard board, IRoomSource rooms, FabricMembership? membership = null) : IHeadPart
{
    public const string Route = RoomRoutes.Room + "/own";

    public string Head => head;

    /// <summary>In one answer to another head node: some 150 KiB on a link that leases use too.</summary>
    private const int Most = 2000;

    /// <summary>Cells that are gone are told for a while; after so many everybody begins anew.</summary>
    private const int MostGone = 20_000;

    private readonly Lock _looking = new();
    private readonly Dictionary<MacAddress, Entry> _cells = [];
    private string _instance = NewInstance();
    private Room? _room;
    private long _version;
    private long _look;
    private int _gone;

    public CellChanges Since(CellCursor cursor, int most = int.MaxValue)
    {
        lock (_looking)
        {
            Look();
            // Each changed cell has a version of its own, so an answer may end after any.
            var known = cursor.Instance == _instance ? cursor.Version : 0;
            var changed = _cells.Values.Where(entry => entry.Version > known && (known > 0 || !entry.Gone)).OrderBy(entry => entry.Version).ToList();
            var told = changed.Count > most ? changed[..most] : changed;
            var version = told.Count == changed.Count ? _version : told[^1].Version;
            return new CellChanges(head, _instance, version, Whole: known == 0, More: told.Count < changed.Count, [.. told.Where(entry => !entry.Gone).Select(entry => entry.Cell)], [.. told.Where(entry => entry.Gone).Select(entry => entry.Cell.Mac)]);
        }
    }

    public ValueTask<HeadReply?> AnswerAsync(HeadRequest request) =>
        new(request.Path == Route ? HeadReply.Found(Since(CellCursor.Read(request.Query.GetValueOrDefault("since") ?? "", head), Most), CellJson.Default.CellChanges) : (HeadReply?)null);

    private void Look()
    {
        var room = rooms.Current;
        var sameRoom = ReferenceEquals(room, _room);
        _room = room;
        _look++;
        foreach (var client in board.Latest) See(room, sameRoom, client.Mac, client);
        foreach (var node in room.Machines.Select(static each => each.Mac))
            if (!_cells.TryGetValue(node, out var entry) || entry.Seen != _look) See(room, sameRoom, node, null);
        foreach (var entry in _cells.Values)
            if (entry.Seen != _look && !entry.Gone) Lose(entry);
        if (_gone > MostGone) BeginAnew();
    }

    private void See(Room room, bool sameRoom, MacAddress mac, ClientState? client)
    {
        if (membership is not null && !membership.Owns(membership.ShardOf(mac))) return;
        var state = CellState.Of(client);
        if (!_cells.TryGetValue(mac, out var entry)) _cells[mac] = entry = new Entry();
        entry.Seen = _look;
        if (sameRoom && entry.State == state && entry is { Gone: false, Version: > 0 }) return;
        var cell = state.Cell(room, mac);
        if (entry.Gone) _gone--;
        else if (cell == entry.Cell) return;
        (entry.State, entry.Cell, entry.Gone, entry.Version) = (state, cell, false, ++_version);
    }

    private void Lose(Entry entry)
    {
        (entry.Gone, entry.Version) = (true, ++_version);
        _gone++;
    }

    private void BeginAnew()
    {
        _cells.Clear();
        (_version, _gone, _instance, _room) = (0, 0, NewInstance(), null);
        Look();
    }

    private static string NewInstance() => Random.Shared.Next().ToString("x8", CultureInfo.InvariantCulture);

    private sealed class Entry
    {
        public CellState State { get; set; }
        public RoomCell Cell { get; set; } = null!;
        public long Version { get; set; }
        public long Seen { get; set; }
        public bool Gone { get; set; }
    }
}

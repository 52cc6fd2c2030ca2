using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Access;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Live;
using NetBootFabric.Node.Storms;
using NetBootFabric.Node.Why;
using NetBootFabric.Storage.Sqlite;

namespace Page.Tests.Heads;

/// <summary>A head node's real admin API and page on a port of the loopback, over a board that a test fills. It can be stopped, and started anew on the same port.</summary>
internal sealed class LiveHead : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-page");
    private readonly SqliteStore _store;
    private readonly LocalToken _local = new(TimeProvider.System);
    private AdminServer? _server;
    private LiveRoom? _live;
    private int _port;

    private LiveHead(TestRoom room)
    {
        Room = room;
        _store = SqliteStore.Open(Path.Combine(_folder.FullName, "fabric.db"), TimeProvider.System);
    }

    public TestRoom Room { get; }

    /// <summary>An administrator's, the same after a restart.</summary>
    public string Token { get; private set; } = "";

    public ClientBoard Board { get; } = new();

    private static UplinkView Uplink => new("head1", 11_000_000, 500_000_000, Downloads: 40, Waiting: 12, Turns: 3, SecondsLeft: 45.2);

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public static async Task<LiveHead> StartAsync(TestRoom room)
    {
        var head = new LiveHead(room);
        foreach (var client in room.Seen) head.Board.Post(client, entered: true);
        await head.StartAsync();
        return head;
    }

    public async Task StartAsync()
    {
        var leases = await LeaseBook.OpenAsync(_store, Room.Current, default);
        var queries = new AdminQueries(Board, leases, Room, TimeProvider.System, () => new StatusView { Node = "head1", Version = "0.1.0", Engine = "akka", Store = "sqlite:fabric.db", Interfaces = [new InterfaceView("eth1", "10.77.0.1/16")], MemoryBytes = 128 << 20 }, new Explanations(Board, leases, Room, new OtherDhcpServers(static _ => false), NoContentSurvey.Instance, () => true, TimeProvider.System));
        var others = new OtherHeads(null);
        var fabric = new FabricQueries(queries, others, null, new HeadBoard(TimeProvider.System), "head1");
        var storm = new FabricStorm(Board, Room, others, TimeProvider.System, uplink: () => Uplink);
        _live = new LiveRoom(new OwnCells("head1", Board, Room), others, storm.NowAsync, fabric.Cluster, TimeProvider.System);
        IAdminPart[] parts =
        [
            new HeadPart(queries, fabric, () => new ReloadResult(true, [], []), name => Task.FromResult<string?>($"{name} is no head node")),
            new ClientsPart(fabric, new WatchFeed(Board, Room, new PhaseExchange())),
            new StormPart(storm),
            new RoomPart(_live),
            new PagePart(),
        ];
        var tokens = new TokenKeeper(new CatalogKeeper(_store, Room.Current, new CatalogDocument(), static _ => { }, static _ => { }), TimeProvider.System);
        var gate = new AccessGate(tokens, _local.Token, TimeProvider.System, NullLogger.Instance);
        _server = new AdminServer([.. parts, new SessionPart(gate)], gate, NullLogger.Instance);
        await _server.StartAsync([new AdminDoor(new IPEndPoint(IPAddress.Loopback, _port))], default);
        _port = _server.Addresses[0].Port;
        if (Token.Length == 0) Token = (await File.ReadAllTextAsync(_local.Leave(_folder.FullName, _port))).Trim();
    }

    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_live is not null) await _live.DisposeAsync();
        (_server, _live) = (null, null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _local.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
    }
}

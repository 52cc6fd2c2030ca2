using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Node.Access;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Live;
using NetBootFabric.Node.Storms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Live;

/// <summary>The room's calls on a port of the loopback, over a board that a test fills.</summary>
internal sealed class LiveHead : IRoomSource, IAsyncDisposable
{
    private readonly LocalToken _local = new(TimeProvider.System);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-live");
    private readonly LiveRoom _live;
    private readonly AdminServer _server;

    private LiveHead(Room room, TimeSpan? patience)
    {
        Current = room;
        var others = new OtherHeads(null);
        _live = new LiveRoom(new OwnCells("head1", Board, this), others, new FabricStorm(Board, this, others, TimeProvider.System).NowAsync, () => new ClusterView { Node = "head1", Contact = "Alone", Alone = true }, TimeProvider.System);
        _server = new AdminServer([new RoomPart(_live, patience), new PagePart()], new AccessGate(new NoTokens(), _local.Token, TimeProvider.System, NullLogger.Instance), NullLogger.Instance);
    }

    public ClientBoard Board { get; } = new();

    public Room Current { get; set; }

    public int Readers => _live.Readers;

    public Uri Address => _server.Addresses[0];

    public string Token { get; private set; } = "";

    public static async Task<LiveHead> StartAsync(Room room, TimeSpan? patience = null)
    {
        var head = new LiveHead(room, patience);
        await head._server.StartAsync([AdminDoor.Loopback], default);
        head.Token = (await File.ReadAllTextAsync(head._local.Leave(head._folder.FullName, head.Address.Port))).Trim();
        return head;
    }

    public HttpClient Client() => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };

    public static Room RoomOf(int nodes, string name = "n") => new()
    {
        Nodes = Enumerable.Range(1, nodes).Select(i => new NodeEntry { Mac = Mac(i), Name = $"{name}{i}", Variables = new Dictionary<string, string> { [NodeEntry.RackVariable] = "r1" }.ToFrozenDictionary() }).ToFrozenDictionary(node => node.Mac),
    };

    public static MacAddress Mac(int number) => MacAddress.Parse($"52:54:00:77:{number >> 8:x2}:{number & 255:x2}");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _live.DisposeAsync();
        _local.Dispose();
        _folder.Delete(recursive: true);
    }
}

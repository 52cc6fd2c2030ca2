using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Node.Tests.Catalog;

/// <summary>A keeper over a real store, with what the file says.</summary>
internal sealed class LiveCatalog : IDisposable
{
    public const string Yaml = """
        interfaces: [eth1]
        subnets: [{ network: 10.77.0.0/16, range: 10.77.1.0-10.77.1.255, router: 10.77.0.1 }]
        profiles:
          default: { kernel: vmlinuz }
          rescue: { kernel: rescue/vmlinuz }
        groups:
          room: { vars: { site: a, console: ttyS0 }, bmc: { protocol: redfish, credentials: lab } }
          rack1: { parent: room, profile: rescue, intent: local, vars: { rack: r1, console: ttyS1 } }
        nodes:
          - { mac: "52:54:00:77:00:01", name: n001, ip: 10.77.0.11, group: rack1, vars: { slot: 3 }, bmc: { address: bmc1 } }
          - { mac: "52:54:00:77:00:02", name: n002, group: room, profile: default, intent: once }
          - { mac: "52:54:00:77:00:03", name: n003 }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-catalog");

    private LiveCatalog(string yaml)
    {
        Options = ConfigurationReader.Read(yaml, "f").Options!;
        Store = SqliteStore.Open(Path.Combine(_folder.FullName, "fabric.db"), TimeProvider.System);
        Keeper = Another();
    }

    public NodeOptions Options { get; }
    public SqliteStore Store { get; }
    public CatalogKeeper Keeper { get; }
    public List<string> Said { get; } = [];
    public List<Room> Rooms { get; } = [];

    public static async Task<LiveCatalog> StartAsync(string yaml = Yaml)
    {
        var live = new LiveCatalog(yaml);
        await live.Keeper.LoadAsync(default);
        return live;
    }

    /// <summary>Another head node's, on the same store.</summary>
    public CatalogKeeper Another(NodeOptions? options = null) => new(Store, (options ?? Options).Room, (options ?? Options).Catalog, Rooms.Add, Said.Add);

    public NodeEntry Node(string name) => Keeper.Room.Nodes.Values.Single(node => node.Name == name);

    public Task<CatalogOutcome> ApplyAsync(string yaml, bool dryRun = false, bool prune = false)
    {
        var document = CatalogText.Document(System.Text.Encoding.UTF8.GetBytes(yaml), out var mistakes);
        Assert.Empty(mistakes);
        return Keeper.ApplyAsync(document!, dryRun, prune);
    }

    public Task<CatalogOutcome> SetAsync(string select, string json) => Keeper.EditAsync(catalog =>
    {
        var change = CatalogText.Change(System.Text.Encoding.UTF8.GetBytes(json), out _)!;
        if (Keeper.Select(select, out var nodes) is { } refusal) return refusal;
        return new CatalogEdit([.. nodes.Select(node => new CatalogStep(CatalogKind.Node, node.Mac.ToString(), change.Of(catalog.Nodes[node.Mac.ToString()].Spec, catalog.Revision + 1)))]);
    }, false, 0, default);

    public void Dispose()
    {
        Keeper.Dispose();
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}

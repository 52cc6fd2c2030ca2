using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Content;
using NetBootFabric.Node.Access;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Doctor;
using NetBootFabric.Node.Health;
using NetBootFabric.Node.Imports;
using NetBootFabric.Node.Metrics;
using NetBootFabric.Node.Packets;
using NetBootFabric.Node.Power;
using NetBootFabric.Node.Storms;
using NetBootFabric.Node.Tests.Health;
using NetBootFabric.Node.Why;
using NetBootFabric.Power;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Node.Tests.Admin;

/// <summary>The admin API on a free port of the loopback, over a board with a few clients and a lease book on a real store.</summary>
internal sealed class LiveAdmin : IAsyncDisposable, IRoomSource, IActorInspection
{
    public static readonly MacAddress Booted = MacAddress.Parse("52:54:00:77:00:01");
    public static readonly MacAddress Failed = MacAddress.Parse("52:54:00:77:00:02");
    public static readonly MacAddress Unseen = MacAddress.Parse("52:54:00:77:00:03");
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-admin");
    private readonly SqliteStore _store;
    private readonly BootContentSource _content;
    private readonly AdminServer _server;
    private readonly AccessGate _gate;
    private readonly LocalToken _local = new(TimeProvider.System);
    private string _tokenFile = "";
    private readonly MetricCollector _metrics = new();

    private LiveAdmin(AdminLimits? limits)
    {
        _store = SqliteStore.Open(Path.Combine(_folder.FullName, "fabric.db"), TimeProvider.System);
        Catalog = new CatalogKeeper(_store, Settings, Entries, room => Leases?.Reshape(room), _ => { });
        Catalog.LoadAsync(default).GetAwaiter().GetResult();
        Leases = LeaseBook.OpenAsync(_store, Current, default).GetAwaiter().GetResult();
        _content = new BootContentSource(new BootContentOptions(Files), this, new ClientDirectory(this, Leases, Board, TimeProvider.System), TimeProvider.System);
        var explanations = new Explanations(Board, Leases, this, Others, _content, () => true, TimeProvider.System);
        var queries = new AdminQueries(Board, Leases, this, TimeProvider.System, () => new StatusView { Node = "head1", Version = "0.1.0", Engine = "akka", Store = "sqlite:fabric.db", Warnings = ["look here"] }, explanations);
        var fabric = new FabricQueries(queries, new OtherHeads(null), null, new HeadBoard(TimeProvider.System), "head1");
        IAdminPart[] parts =
        [
            new HeadPart(queries, fabric, () => Reload, name => Task.FromResult<string?>($"{name} is no head node")),
            new ActorsPart(this),
            new HealthPart(new HealthRounds(Health, TimeProvider.System)),
            new MetricsPart(_metrics),
            new ClientsPart(fabric, new WatchFeed(Board, this, new PhaseExchange())),
            new NodesPart(Catalog, Board),
            new GroupsPart(Catalog),
            new ApplyPart(Catalog),
            new ImportPart(Catalog),
            new PowerPart(Catalog, Power, new PowerSettings { Pause = TimeSpan.FromMilliseconds(10) }, TimeProvider.System, NullLogger.Instance),
            new LeasesPart(Leases, this, TimeProvider.System),
            new WhyPart(new FabricWhy(explanations, queries, new OtherHeads(null))),
            new StormPart(new FabricStorm(Board, this, new OtherHeads(null), TimeProvider.System, uplink: () => Uplink)),
            new DoctorPart(new HeadDoctorRounds("head1", [new ProfileFiles(_content, this, Files)], TimeProvider.System), new OtherHeads(null), TimeProvider.System),
            new PacketsPart(Recorder, fabric, new OtherHeads(null), "head1", static _ => MacAddress.Parse("02:77:00:00:00:01")),
        ];
        Tokens = new TokenKeeper(Catalog, TimeProvider.System);
        _gate = new AccessGate(Tokens, _local.Token, TimeProvider.System, NullLogger.Instance);
        _server = new AdminServer([.. parts, new TokensPart(Tokens), new SessionPart(_gate)], _gate, NullLogger.Instance, limits);
    }

    /// <summary>Well, until a test says otherwise.</summary>
    public SetHealth Health { get; } = new();

    public UplinkView Uplink { get; set; } = new("head1", 11 << 20, 88 << 20, 40, 12, 400, 8);
    public ClientBoard Board { get; } = new();
    public LeaseBook Leases { get; }
    /// <summary>The root of files; empty at first.</summary>
    public string Files => _folder.FullName;

    public FlightRecorder Recorder { get; } = new(TimeProvider.System, new FlightLimits(), static _ => true, static _ => null);
    public OtherDhcpServers Others { get; } = new(static _ => false);
    public ReloadResult Reload { get; set; } = new(true, [], []);
    public Uri Address => _server.Addresses[0];
    public string Server => Address.Authority;

    /// <summary>An administrator's. pbm finds it by itself, as on a head node.</summary>
    public string Token => File.ReadAllText(_tokenFile).Trim();

    public TokenKeeper Tokens { get; }
    public IReadOnlyList<Endpoint> Calls => _server.Calls;

    /// <summary>Calls that run.</summary>
    public int Running => _gate.Running;

    /// <summary>The catalog as another head node has it, which tells this one nothing.</summary>
    public CatalogKeeper AnotherHead() => new(_store, Settings, Entries, _ => { }, _ => { });

    /// <summary>Calls with an administrator's token, or with <paramref name="token"/>.</summary>
    public HttpClient Client(string? token = null) => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token) } };

    /// <summary>As a head node has it: the entries are in the store.</summary>
    public CatalogKeeper Catalog { get; }

    /// <summary>No credentials, until a test gives it some.</summary>
    public PowerKeys Power { get; } = new(PowerOptions.None);

    public Room Current => Catalog.Room;

    private static readonly CatalogDocument Entries = new()
    {
        Profiles = [new ProfileSpec { Name = "default", Kernel = "vmlinuz" }],
        Nodes = [new NodeSpec { Mac = Booted.ToString(), Name = "n001" }, new NodeSpec { Mac = Unseen.ToString(), Name = "n003" }],
    };

    private static readonly Room Settings = new()
    {
        Subnets = [new Subnet { Network = Ipv4Network.Parse("10.77.0.0/16"), Ranges = [new(Ipv4Address.Parse("10.77.1.0"), Ipv4Address.Parse("10.77.1.255"))] }],
    };

    public LeaderView Leader() => new("head1", "head1");

    public Task<IReadOnlyList<RegionView>> RegionsAsync() => Task.FromResult<IReadOnlyList<RegionView>>([new("client", "head1", [new("7", 2), new("12", 40)]), new("ledger", "head1", [])]);

    public IReadOnlyList<ActorLine>? Hierarchy(string? start, int depth) => start == "/user/none" ? null : [new(0, "user", "GuardianActor", 60), new(1, "heads", "HeadPeers", 0)];

    public static async Task<LiveAdmin> StartAsync(AdminLimits? limits = null)
    {
        var admin = new LiveAdmin(limits);
        await admin._server.StartAsync([AdminDoor.Loopback], default);
        admin._tokenFile = admin._local.Leave(TokenFile.DefaultFolder, admin.Address.Port);
        admin.Board.Post(Boot(Booted, BootPhase.Booted), entered: true);
        admin.Board.Post(Boot(Failed, BootPhase.Failed) with { History = [Boot(Failed, BootPhase.Booted).Current! with { Number = 1 }] }, entered: true);
        return admin;
    }

    public static ClientState Boot(MacAddress mac, BootPhase phase) => new()
    {
        Mac = mac,
        Attributes = new ClientAttributes { VendorClass = "PXEClient:Arch:00000:UNDI:002001", Uuid = "4c4c4544-0000-0000-0000-000000000000" },
        Current = new BootRecord
        {
            Number = 2,
            Phase = phase,
            Boots = true,
            Architecture = ClientArchitecture.BiosX86,
            Address = Ipv4Address.Parse("10.77.1.7"),
            Phases = [new(BootPhase.Discovering, At), new(BootPhase.Bound, At.AddSeconds(1.5)), new(phase, At.AddSeconds(20))],
            Exchanges = 1,
            Discovers = 2,
            Bytes = 9 << 20,
            Downloads = [new Download(1, "vmlinuz", TransferProtocol.Http, ContentRole.Kernel, 8 << 20, 8 << 20, TransferStage.Done, At)],
            Failure = phase == BootPhase.Failed ? new BootFailure(BootStep.Http, FailureCause.NotFound, "initrd.img") : null,
        },
    };

    public async ValueTask DisposeAsync()
    {
        _local.Dispose();
        await _server.DisposeAsync();
        _content.Dispose();
        _metrics.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
    }
}

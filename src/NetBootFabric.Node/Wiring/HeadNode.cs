using Microsoft.Extensions.Logging;
using NetBootFabric.AdminApi;
using NetBootFabric.Arp;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Content;
using NetBootFabric.Dhcp;
using NetBootFabric.HttpBoot;
using NetBootFabric.Ndp;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Doctor;
using NetBootFabric.Node.Imports;
using NetBootFabric.Node.Live;
using NetBootFabric.Node.Logging;
using NetBootFabric.Node.Metrics;
using NetBootFabric.Node.Packets;
using NetBootFabric.Node.Power;
using NetBootFabric.Node.Storms;
using NetBootFabric.Node.Why;
using NetBootFabric.Power;
using NetBootFabric.Sockets;
using NetBootFabric.Storage;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Tftp;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>One running head node: everything made, tied together, started and stopped in order. Decides nothing.</summary>
internal sealed partial class HeadNode : IAsyncDisposable
{
    /// <summary>Running transfers get so long to end at SIGTERM; a client cut off then tries again by itself.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    /// <summary>Clients that a host is checked for when no node entries say how many there are.</summary>
    private const int UsualRoom = 10_000;

    private readonly Stack<Func<ValueTask>> _closers = new();
    private readonly NodeOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly MetricCollector _metrics;
    private readonly List<string> _warnings = [];
    private RoomKeeper _rooms;
    private ClientBoard _board = new();
    private LeaseBook _leases = null!;
    private ActorSystem _system = null!;
    private IActorRef _region = null!;
    private DhcpLane _lane = null!;

    /// <summary>Null: this head node is alone.</summary>
    private FabricMembership? _membership;
    private readonly HeadBoard _heads;
    private CatalogKeeper _catalog = null!;
    private readonly TransferLedger _transfers;
    private readonly FlightRecorder _flight;
    private readonly HostAddresses _host = HostAddresses.Read();
    private readonly OtherDhcpServers _others;
    private INodeStore _store = null!;
    private BootContentSource _content = null!;
    private DhcpServer _dhcp = null!;
    private TftpServer? _tftp;
    private HttpBootServer _http = null!;
    private IReadOnlyList<ServingInterface> _interfaces = [];
    private DateTimeOffset _startedAt;

    private HeadNode(NodeOptions options, ILoggerFactory logs)
    {
        (_options, _logs, _log) = (options, logs, logs.CreateLogger("netbootd"));
        Power = new PowerKeys(options.Power);
        _rooms = new RoomKeeper(options.Room);
        _heads = new HeadBoard(_time, options.Tftp.Enabled && options.Tftp.Port == NodeOptions.DefaultTftpPort);
        _transfers = new TransferLedger(options.Node, _time);
        _others = new OtherDhcpServers(address => _host.IsOurs(address) || _heads.IsOurs(address));
        _uplink = new UplinkMeter(_time);
        _turns = new BootTurns(_uplink, () => UplinkIsFull, _time);
        _racks = new RoomRacks(_rooms, HolderOf);
        _flight = new FlightRecorder(_time, new FlightLimits(), IsKnown, HolderOf);
        _metrics = Closing(new MetricCollector());
        Closing(_meter);
    }

    private bool IsKnown(MacAddress client) => _rooms.Current.NodeOf(client) is not null || _leases.Find(client) is not null;

    private MacAddress? HolderOf(Ipv4Address address) => _rooms.Current.HolderOf(address, _leases, _time.GetUtcNow());

    public CatalogKeeper Catalog => _catalog;

    /// <summary>The ways into machines' controllers.</summary>
    public PowerKeys Power { get; }

    public ILogger Log => _log;
    public string Serving => $"serves {InterfaceNames}";

    /// <exception cref="SocketSetupException">A port is taken, an interface is not there; the message says what to do.</exception>
    public static async Task<HeadNode> StartAsync(NodeOptions options, Func<ReloadResult> reload, ILoggerFactory logs, CancellationToken cancellation)
    {
        var node = new HeadNode(options, logs);
        try
        {
            await node.StartAsync(reload, cancellation);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(Func<ReloadResult> reload, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        _startedAt = _time.GetUtcNow();
        _log.Starting(_options.Node, Product.Version, EngineStart.Name, _options.Store.Kind.ToString().ToLowerInvariant());
        _interfaces = [.. _options.Interfaces.Select(name => ServingInterface.Find(name, _options.Room))];
        _store = OpenStore();
        if (_options.Cluster is null && _store is PostgresStore { WasShared: true })
            throw new StoreUnavailableException("store: several head nodes have shared this database, and would not hear of a single one: write the group 'cluster', also for the last of them; or, when none of them is to come back, have PostgreSQL forget them: DELETE FROM netboot_fabric.shard; UPDATE netboot_fabric.lease SET epoch = 0");
        StartSystem();
        await LoadCatalogAsync(cancellation);
        Advise();
        _leases = await LeaseBook.OpenAsync(_store, _rooms.Current, cancellation, _membership);
        StartActors();
        var events = Measured(new EventLane(_region, _leases, _time));
        await StartServersAsync(events, cancellation);
        StartArp(events);
        if (_options.RouterAdvertisements) StartNdp();
        Gauge();
        await StartAdminAsync(reload, cancellation);
        _dhcp.Start();
        await JoinAsync(cancellation);
        _log.Ready((long)_time.GetElapsedTime(began).TotalMilliseconds, _options.Room.Subnets.Sum(subnet => _leases.Use(subnet, _time.GetUtcNow()).Leased), _membership is null ? KnownClients.Wake(_region, _store) : _board.Count);
    }

    private async Task LoadCatalogAsync(CancellationToken cancellation)
    {
        _catalog = Closing(new CatalogKeeper(_store, _options.Room, _options.Catalog, room => _rooms.Apply(room, _leases), _log.ConfigurationWarning));
        await _catalog.LoadAsync(cancellation);
        var held = _catalog.Current;
        _log.CatalogLoaded(held.Revision, held.Nodes.Count, held.Groups.Count, held.Profiles.Count);
    }

    private INodeStore OpenStore()
    {
        var store = Closing(NodeStore.Open(_options.Store, _time));
        store.HealthChanged += status =>
        {
            if (status.FailingSince is null) _log.StoreWorks();
            else _log.StoreFails(status.LastFailure ?? "");
        };
        return store;
    }

    private void StartActors()
    {
        _board.Follow(_flight.Entered);
        _board.Follow(new PhaseLog(_logs.CreateLogger("clients"), _rooms).Write);
        _region = FabricRegion.Start(_system, new FabricServices
        {
            Rooms = _rooms,
            Leases = _leases,
            Board = _board,
            Time = _time,
            StoreWorks = () => _store.Status.FailingSince is null,
            Ownership = _membership ?? (IShardOwnership)SoleOwner.Instance,
            Heads = _membership is null ? NoOtherHeads.Instance : _heads,
            Others = _others,
            Recorder = _flight,
        });
        _lane = new DhcpLane(_system, _region, _time, _membership, Unanswered);
    }

    /// <summary>
    /// Before it is taken for dead, a head node that was cut off from the database may have served for 0.8 of the time: what clients asked since is surely open. What a killed one left open before
    /// that, its client asks again; to answer it too would be to answer twice what one that was cut off has answered.
    /// </summary>
    private TimeSpan? Unanswered => _options.Cluster is { } cluster ? (cluster.DeadAfter - cluster.Heartbeat) * 0.2 : null;

    private async Task StartServersAsync(IBootEvents events, CancellationToken cancellation)
    {
        var clients = new ClientDirectory(_rooms, _leases, _board, _time, _membership, _membership is null ? null : _region, _store);
        var content = _content = Closing(new BootContentSource(new BootContentOptions(_options.Files), _rooms, clients, _time, _turns));
        // By interface and not by address, since service addresses come and go.
        var bound = _interfaces.Select(each => DeviceListener.Bind(each.Link.Name, (ushort)_options.HttpPort)).ToList();
        _http = new HttpBootServer(new HttpBootOptions { Bound = bound }, content, events, _time, _flight, _racks, _uplink);
        _closers.Push(_http.DisposeAsync);
        await _http.StartAsync(cancellation);
        _log.Listening("HTTP", $"port {_options.HttpPort} of {InterfaceNames}");
        if (_options.Tftp.Enabled) _tftp = Closing(TftpServer.Start(TftpOptions(), content, events, _time, _membership is null ? null : _transfers, _racks, _uplink, _flight));
        if (_tftp is not null) _log.Listening("TFTP", $"port {_options.Tftp.Port} of {InterfaceNames}");
        _dhcp = Closing(DhcpServer.Open(new DhcpServerOptions { Interfaces = _options.Interfaces, Serve = Serve, Recorder = _flight }, _lane));
        _log.Listening("DHCP", InterfaceNames);
        Closing(new FaultLog(_log, _time,
            new FaultSource("DHCP", () => _dhcp.Counters.Faults, () => _dhcp.Counters.LastFault),
            new FaultSource("TFTP", () => _tftp?.Metrics.Faulted ?? 0, () => _tftp?.Metrics.LastFault),
            new FaultSource("HTTP", () => _http.Faults, () => _http.LastFault)));
        foreach (var each in _interfaces) Closing(DhcpWatcher.Start(each.Link, _others, _dhcp.Counters, _time));
    }

    private TftpServerOptions TftpOptions() => new()
    {
        Listen = [.. _interfaces.Select(each => new TftpListen(default, (ushort)_options.Tftp.Port, each.Link.Name))],
        FirstTransferPort = (ushort)(_options.Tftp.TransferPort ?? (_membership is null ? 0 : TftpServerOptions.ClusterTransferPort)),
    };

    private void StartArp(IBootEvents events)
    {
        var metrics = Closing(new ArpMetrics());
        var claims = new RoomClaims(_rooms, _leases, _host, _membership);
        foreach (var each in _interfaces)
        {
            Closing(ArpWatcher.Start(each.Link, _host, claims, events, metrics, _time, _flight));
            Closing(ArpProber.Start(each.Link, _rooms, _leases, new ProbeOptions(), metrics, _time));
        }
    }

    private void StartNdp()
    {
        var metrics = Closing(new NdpMetrics());
        foreach (var each in _interfaces) Closing(RouterAdvertiser.Start(each.Link, _board, metrics, _time));
    }

    private async Task StartAdminAsync(Func<ReloadResult> reload, CancellationToken cancellation)
    {
        var explanations = new Explanations(_board, _leases, _rooms, _others, _content, () => _store.Status.FailingSince is null, _time);
        var own = new AdminQueries(_board, _leases, _rooms, _time, Describe, explanations, _membership);
        var others = new OtherHeads(_membership);
        var fabric = new FabricQueries(own, others, _membership, _heads, _options.Node);
        var phases = new PhaseExchange();
        var feed = new WatchFeed(_board, _rooms, phases);
        var why = new FabricWhy(explanations, own, others);
        var storm = new FabricStorm(_board, _rooms, others, _time, _membership, Uplink);
        var cells = new OwnCells(_options.Node, _board, _rooms, _membership);
        var live = new LiveRoom(cells, others, storm.NowAsync, fabric.Cluster, _time);
        _closers.Push(live.DisposeAsync);
        var doctor = new DoctorPart(new HeadDoctorRounds(_options.Node, [.. Checks()], _time), others, _time);
        var packets = new PacketsPart(_flight, fabric, others, _options.Node, OwnMac);
        IAdminPart[] parts =
        [
            new HeadPart(own, fabric, reload, SendAwayAsync),
            new ClientsPart(fabric, feed),
            new MetricsPart(_metrics),
            new NodesPart(_catalog, _board),
            new GroupsPart(_catalog),
            new ApplyPart(_catalog),
            new ImportPart(_catalog),
            new PowerPart(_catalog, Power, new PowerSettings(), _time, _logs.CreateLogger("power")),
            new LeasesPart(_leases, _rooms, _time),
            new StormPart(storm),
            new WhyPart(why),
            new RoomPart(live),
            new PagePart(),
            packets,
            doctor,
        ];
        IHeadPart[] answers =
        [
            new OwnAnswers(own, SendAwayAsync, _options.Node),
            storm,
            why,
            cells,
            packets,
            doctor,
        ];
        MeetTheOthers(new HeadAnswers(_options.Node, answers), feed, phases);
        await ServeAdminAsync(parts, cancellation);
    }

    private int ExpectedClients
    {
        get
        {
            // A pool is made larger than its room: what it could hold at most says little of how many there are.
            var pools = _rooms.Current.Subnets.Sum(subnet => subnet.Ranges.Sum(range => (long)range.Count));
            return Math.Max(_rooms.Current.Nodes.Count, (int)Math.Min(pools, UsualRoom));
        }
    }

    /// <summary>Of the interface that clients reach the address by.</summary>
    private MacAddress OwnMac(Ipv4Address address)
    {
        foreach (var each in _interfaces)
            if (each.Address == address || each.Link.IsInSubnet(address.Value)) return new MacAddress(each.Link.Mac);
        return _interfaces.Count > 0 ? new MacAddress(_interfaces[0].Link.Mac) : default;
    }

    /// <summary>Says what of the host or the files is not as a room of this size wants it.</summary>
    private void Advise()
    {
        _warnings.AddRange(HostChecks.Run(ExpectedClients).Where(check => !check.IsMet).Select(check => check.ToString()));
        _warnings.AddRange(MissingLoaders.Of(_options.Files));
        foreach (var warning in _warnings.Concat(InterfaceTroubles)) _log.HostAdvice(warning);
    }

    private StatusView Describe()
    {
        var store = _store.Status;
        return new StatusView
        {
            Node = _options.Node,
            Version = Product.Version,
            Engine = EngineStart.Name,
            Store = _store.Name,
            StoreWritable = store.FailingSince is null,
            StartedAt = _startedAt,
            Interfaces = [.. _interfaces.Select(each => each.View)],
            Admin = [.. _admin?.Addresses.Select(address => address.GetLeftPart(UriPartial.Authority)) ?? []],
            Fingerprint = _certificate?.Fingerprint,
            Counters = _metrics.Read(MeterTotals.Of),
            Warnings = [.. Troubles],
            MemoryBytes = Environment.WorkingSet,
        };
    }

    /// <summary>What the operator should look at, a sentence each.</summary>
    private IEnumerable<string> Troubles => _store.Status is { FailingSince: { } since } failing
        ? [.. _warnings, .. InterfaceTroubles, $"the store can't be written since {since:HH:mm:ss} UTC: {failing.LastFailure}"]
        : [.. _warnings, .. InterfaceTroubles];

    private IEnumerable<string> InterfaceTroubles => _interfaces.Select(each => each.Trouble(_rooms.Current)).OfType<string>();

    private string InterfaceNames => string.Join(", ", _interfaces.Select(each => $"{each.Link.Name} ({each.Address})"));

    private int Transfers => (int)(_tftp?.Metrics.Active ?? 0) + _http.Active;

    /// <summary>No new clients; running transfers end, then everything stops in the reverse order of its start.</summary>
    public async Task DrainAsync()
    {
        _log.Draining(Transfers, (int)DrainTime.TotalSeconds);
        await LeaveAsync();
        _dhcp.StopReceiving();
        using var limit = new CancellationTokenSource(DrainTime, _time);
        await Task.WhenAll(_tftp?.StopAsync(DrainTime) ?? Task.CompletedTask, _http.StopAsync(limit.Token));
    }

    public async ValueTask DisposeAsync()
    {
        while (_closers.TryPop(out var close)) await close();
    }

    private T Closing<T>(T part) where T : IDisposable
    {
        _closers.Push(() =>
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        });
        return part;
    }
}

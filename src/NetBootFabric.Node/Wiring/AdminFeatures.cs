using Microsoft.Extensions.Logging;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Doctor;
using NetBootFabric.Node.Health;
using NetBootFabric.Node.Imports;
using NetBootFabric.Node.Live;
using NetBootFabric.Node.Metrics;
using NetBootFabric.Node.Packets;
using NetBootFabric.Node.Power;
using NetBootFabric.Node.Storms;
using NetBootFabric.Node.Why;
using NetBootFabric.Power;

namespace NetBootFabric.Node.Wiring;

/// <summary>The features of the admin API, and what this head node answers when another one asks in the name of its operator.</summary>
internal sealed class AdminFeatures(
    NodeOptions options,
    RoomKeeper rooms,
    ClientBoard board,
    HeadBoard heads,
    LeaseService leases,
    StoreService store,
    CatalogService catalog,
    MembershipService cluster,
    PeersService peers,
    ActorService actors,
    ContentService content,
    ServedInterfaces interfaces,
    FileServers servers,
    BootTurns turns,
    FlightRecorder flight,
    OtherDhcpServers dhcpServers,
    PowerKeys power,
    MetricCollector metrics,
    DoctorChecks checks,
    ConfigurationReload reload,
    HeadDescription description,
    HealthRounds health,
    TimeProvider time,
    ILoggerFactory logs)
{
    /// <summary>Makes them, and has the other head nodes meet this one.</summary>
    /// <param name="closing">Takes what has to be closed in the end.</param>
    public IReadOnlyList<IAdminPart> Open(Action<Func<ValueTask>> closing)
    {
        var explanations = new Explanations(board, leases.Book, rooms, dhcpServers, content.Source, () => store.Works, time);
        var own = new AdminQueries(board, leases.Book, rooms, time, description.Describe, explanations, cluster.Membership);
        var others = new OtherHeads(cluster.Membership);
        var fabric = new FabricQueries(own, others, cluster.Membership, heads, options.Node);
        var phases = new PhaseExchange();
        var feed = new WatchFeed(board, rooms, phases);
        var why = new FabricWhy(explanations, own, others);
        var storm = new FabricStorm(board, rooms, others, time, cluster.Membership, () => servers.Describe(turns.Waiting));
        var cells = new OwnCells(options.Node, board, rooms, cluster.Membership);
        var live = new LiveRoom(cells, others, storm.NowAsync, fabric.Cluster, time);
        closing(live.DisposeAsync);
        var doctor = new DoctorPart(new HeadDoctorRounds(options.Node, [.. checks.All()], time), others, time);
        var packets = new PacketsPart(flight, fabric, others, options.Node, interfaces.OwnMac);
        IHeadPart[] answers = [new OwnAnswers(own, peers.SendAwayAsync, options.Node), storm, why, cells, packets, doctor];
        peers.Meet(new HeadAnswers(options.Node, answers), feed, phases);
        return
        [
            new HeadPart(own, fabric, reload.Run, peers.SendAwayAsync),
            new ClientsPart(fabric, feed),
            new ActorsPart(actors),
            new HealthPart(health),
            new MetricsPart(metrics),
            new NodesPart(catalog.Keeper, board),
            new GroupsPart(catalog.Keeper),
            new ApplyPart(catalog.Keeper),
            new ImportPart(catalog.Keeper),
            new PowerPart(catalog.Keeper, power, new PowerSettings(), time, logs.CreateLogger("power")),
            new LeasesPart(leases.Book, rooms, time),
            new StormPart(storm),
            new WhyPart(why),
            new RoomPart(live),
            new PagePart(),
            packets,
            doctor,
        ];
    }
}

/// <summary>This head node in the words of pbm status.</summary>
internal sealed class HeadDescription(NodeOptions options, StoreService store, ServedInterfaces interfaces, AdminFace admin,
    MetricCollector metrics, HostAdvice advice, WireAlarms alarms, ClockService clock, ActorService actors, StartTime start)
{
    public StatusView Describe() => new()
    {
        Node = options.Node,
        Version = Product.Version,
        Engine = Engine.Name,
        Store = store.Store.Name,
        StoreWritable = store.Works,
        StartedAt = start.At,
        Interfaces = [.. interfaces.All.Select(each => each.View)],
        Admin = [.. admin.Server?.Addresses.Select(address => address.GetLeftPart(UriPartial.Authority)) ?? []],
        Fingerprint = admin.Certificate?.Fingerprint,
        Counters = metrics.Read(MeterTotals.Of),
        Warnings = [.. advice.Troubles, .. alarms.Standing, .. clock.Troubles, .. actors.HistoryTroubles],
        MemoryBytes = Environment.WorkingSet,
    };
}

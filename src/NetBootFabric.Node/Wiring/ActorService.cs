using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>The clients' actors, and the ways to them.</summary>
internal sealed partial class ActorService(
    NodeOptions options,
    StoreService store,
    MembershipService cluster,
    RoomKeeper rooms,
    LeaseService leases,
    ClientBoard board,
    HeadBoard heads,
    OtherDhcpServers others,
    FlightRecorder flight,
    TimeProvider time,
    ILoggerFactory logs) : Subsystem
{
    /// <summary>Where clients' messages go: one and the same for as long as the process lives.</summary>
    public IActorRef Region { get; private set; } = null!;

    public DhcpLane Lane { get; private set; } = null!;

    /// <summary>
    /// Before it is taken for dead, a head node that was cut off from the database may have served for 0.8 of the time: what clients asked since is surely open. What a killed one left open before
    /// that, its client asks again; to answer it too would be to answer twice what one that was cut off has answered.
    /// </summary>
    private TimeSpan? Unanswered => options.Cluster is { } several ? (several.DeadAfter - several.Heartbeat) * 0.2 : null;

    private readonly ClientClock _clock = new();
    private Task _historyRead = Task.CompletedTask;

    /// <summary>What is remembered of clients' boots.</summary>
    public Ledgers Ledgers => field ??= new Ledgers(board, _clock, time, history: NodeStore.History(options.Store));

    /// <summary>For the operator: boots' history can't be read or written now.</summary>
    public IEnumerable<string> HistoryTroubles => Ledgers.Status is { FailingSince: not null, LastFailure: var reason, Unwritten: var clients }
        ? [$"the history of boots can't be read or written: {reason}. Boots go on; what came of {clients} clients is in memory only"]
        : [];

    /// <summary>Opens the ledgers of a head node that is alone, while the other parts start; everything is written before the actors end.</summary>
    private void KeepHistory()
    {
        Ledgers.HealthChanged += status =>
        {
            if (status.FailingSince is null) _log.HistoryWorks();
            else _log.HistoryFails(status.LastFailure ?? "");
        };
        Ledgers.CarriedOver += sum => _log.HistoryCarriedOver(sum.Clients, sum.Boots, sum.Damaged);
        Closing(async () => await Ledgers.CloseAllAsync());
        if (cluster.Membership is null) _historyRead = Ledgers.OpenAllAsync(Engine.PersistenceIds(store.Store));
    }

    private readonly ILogger _log = logs.CreateLogger("clients");

    private void FollowClients()
    {
        board.Follow(flight.Entered);
        board.Follow(new PhaseLog(logs.CreateLogger("clients"), rooms).Write);
    }

    /// <summary>What every client's actor uses.</summary>
    private FabricServices Services() => new()
    {
        Rooms = rooms,
        Leases = leases.Book,
        Board = board,
        Clock = _clock,
        Time = time,
        StoreWorks = () => store.Works,
        Ownership = cluster.Membership ?? (IShardOwnership)SoleOwner.Instance,
        Heads = cluster.Membership is null ? NoOtherHeads.Instance : heads,
        Others = others,
        Recorder = flight,
    };

    /// <summary>Clients' history is known, as far as it can be read.</summary>
    /// <returns>How many clients are known.</returns>
    public async Task<int> KnowClientsAsync()
    {
        await _historyRead;
        return board.Count;
    }
}

using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Simulation.Tests.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>One run of the head node, from its start to its crash: the fabric's real parts, wired as netbootd wires them, without sockets.</summary>
internal sealed class HeadNode : IDhcpReplies, IRoomSource
{
    private readonly World _world;
    private readonly SimulatedLeaseStore _store;
    private readonly ActorSystem _system;
    private readonly IActorRef _region;
    private readonly IBootDirectory _directory;

    /// <summary>Inquiries that were heard and not settled, with the number they came as.</summary>
    private readonly Dictionary<DhcpInquiry, Hearing> _open = new(ReferenceEqualityComparer.Instance);
    private bool _isDead;

    public HeadNode(World world)
    {
        _world = world;
        _store = new SimulatedLeaseStore(world);
        var store = world.Plant.Store(_store);
        Book = new LeaseBook(store, world.Room, store.LoadAsync(default).GetAwaiter().GetResult());
        var book = world.Plant.Book(Book);
        _system = ActorSystem.Create("fabric", Setup());
        _region = FabricRegion.Start(_system, new FabricServices { Rooms = this, Leases = book, Board = Board, Time = world.Time });
        _directory = world.Plant.Directory(new DhcpLane(_system, _region, world.Time));
        _directory.Attach(0, world.Plant.Replies(this));
        Events = new EventLane(_region, book, world.Time);
        Board.Follow(state => world.Note($"boot {state.Current?.Number}: {state.Current?.Phase}", state.Mac));
        world.Ledger.CheckPromises();
    }

    public Room Current => _world.Room;
    public LeaseBook Book { get; }
    public ClientBoard Board { get; } = new();
    public IBootEvents Events { get; }
    public int Writing => _store.Waiting;

    public bool IsQuarantined(Ipv4Address address) => _store.IsQuarantined(address);

    public ClientState? StateOf(Machine machine) => Board.Find(machine.Mac);

    /// <summary>Inquiries heard after <paramref name="time"/> that have no answer and no dismissal yet.</summary>
    public int OpenSince(DateTimeOffset time) => _open.Values.Count(hearing => hearing.At >= time);

    /// <summary>A packet came, maybe for the second time: each copy is an inquiry of its own, as from a socket.</summary>
    public void Hear(DhcpInquiry packet)
    {
        var inquiry = packet with { };
        var hearing = new Hearing(_world.Ledger.Hear(inquiry), _world.Now);
        _open.Add(inquiry, hearing);
        _world.Note($"hears {inquiry.Type}", inquiry.Client, default, inquiry.TransactionId);
        _directory.Submit(inquiry);
    }

    public void Send(DhcpAnswer answer)
    {
        if (_isDead || Settle(answer.Inquiry) is not { } hearing) return;
        var machine = _world.MachineOf(answer.Inquiry.Client);
        _world.Note($"answers {answer.Type}", machine.Mac, answer.YourAddress, answer.Inquiry.TransactionId);
        _world.Ledger.OnAnswer(answer, machine, hearing.Number, hearing.At);
        _world.Network.ToMachine(machine, answer);
    }

    public void Dismiss(DhcpInquiry inquiry, DhcpDismissal reason)
    {
        if (_isDead || Settle(inquiry) is null) return;
        _world.Note($"dismisses {inquiry.Type}: {reason}", inquiry.Client, default, inquiry.TransactionId);
    }

    /// <summary>As kill -9: nothing that waits is written, nothing that comes later is heard.</summary>
    public void Crash()
    {
        _isDead = true;
        _store.Crash();
        _world.Disk.Crash();
        _ = _system.Terminate();
    }

    public void WakeKnownClients()
    {
        foreach (var id in _world.Disk.Journal.PersistenceIds)
            _region.Tell(new Wake(new MacAddress(Convert.ToUInt64(id["client-".Length..], 16))), ActorRefs.NoSender);
    }

    /// <summary>Clients whose actor is in memory.</summary>
    public int ActorsInMemory()
    {
        var asked = _region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TimeSpan.FromSeconds(10));
        _world.Run(TimeSpan.FromSeconds(1), () => asked.IsCompleted);
        return asked.Result.Shards.Sum(shard => shard.EntityIds.Count);
    }

    private Hearing? Settle(DhcpInquiry inquiry)
    {
        if (_open.Remove(inquiry, out var hearing)) return hearing;
        _world.Broken($"an inquiry of {inquiry.Client} was settled twice");
        return null;
    }

    private EmbeddedSetup Setup() => new()
    {
        Dispatcher = _world.Dispatcher,
        TimeProvider = _world.Time,
        JournalStore = _world.Disk.Journal,
        Serializers = system => [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])],
    };

    private sealed record Hearing(long Number, DateTimeOffset At);
}

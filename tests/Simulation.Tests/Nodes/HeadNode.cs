using System.Globalization;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Simulation.Tests.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>One run of a head node, from its start to its end: the fabric's real parts, wired as netbootd wires them, without sockets.</summary>
internal sealed partial class HeadNode : IDhcpReplies, IRoomSource
{
    private readonly World _world;
    private readonly Head _head;
    private readonly SimulatedNode _process;
    private readonly SimulatedLeaseStore _store;
    private readonly JournalStore _journal;
    private readonly ActorSystem _system;
    private readonly IActorRef _region;
    private readonly Ledgers _ledgers;
    private readonly FabricMembership? _membership;
    private readonly HeadBoard _heads;
    private readonly DhcpLane _lane;
    private readonly IBootDirectory _directory;

    /// <summary>Inquiries that were heard and not settled, by the number that they came as.</summary>
    private readonly Dictionary<string, Hearing> _open = [];

    public HeadNode(World world, Head head)
    {
        (_world, _head) = (world, head);
        _process = Process();
        _store = new SimulatedLeaseStore(world, head, this);
        _journal = head.Link.OpenJournal(() => Writer(-1));
        var store = world.Plant.Store(_store);
        _system = System();
        _membership = Membership();
        var ownership = world.Plant.Ownership(_membership ?? (IShardOwnership)SoleOwner.Instance);
        _heads = new HeadBoard(Time);
        Book = new LeaseBook(store, world.Room, store.LoadAsync(default).GetAwaiter().GetResult(), ownership);
        var book = world.Plant.Book(Book);
        var clock = new ClientClock();
        _ledgers = new Ledgers(Board, clock, Time);
        _region = Region(new FabricServices
        {
            Rooms = this,
            Leases = book,
            Clock = clock,
            Board = Board,
            Time = Time,
            Ownership = ownership,
            Heads = _membership is null ? NoOtherHeads.Instance : _heads,
        });
        _lane = Lane(ownership);
        _directory = world.Plant.Directory(_lane);
        _directory.Attach(0, world.Plant.Replies(this));
        Events = new EventLane(_region, book, Time, Board);
        Board.Follow(state => world.Note($"{head.Name} boot {state.Current?.Number}: {state.Current?.Phase}", state.Mac));
        world.Ledger.CheckPromises();
        MeetTheOthers();
        OpenLedgers();
    }

    public Room Current => _world.Room;
    public LeaseBook Book { get; }
    public ClientBoard Board { get; } = new();
    public IBootEvents Events { get; }
    public int Writing => _store.Waiting + _journal.Pending;
    private TimeProvider Time => _process.TimeProvider;

    public bool IsQuarantined(Ipv4Address address) => _store.IsQuarantined(address);

    public ClientState? StateOf(Machine machine) => Board.Find(machine.Mac);

    /// <summary>Inquiries heard after <paramref name="time"/> that have no answer and no dismissal yet.</summary>
    public int OpenSince(DateTimeOffset time) => _open.Values.Count(hearing => hearing.At >= time && !hearing.IsOthers);

    /// <summary>A packet came, maybe for the second time: each copy is an inquiry of its own, as from a socket.</summary>
    public void Hear(DhcpInquiry packet, long broadcast, bool isUnicast)
    {
        var number = _world.Ledger.Hear(packet);
        // The copy's number travels as the interface's name: an inquiry that crossed nodes and comes back is another object.
        var name = number.ToString(CultureInfo.InvariantCulture);
        var inquiry = packet with { Ingress = packet.Ingress with { Interface = name, LocalAddress = _head.Server, IsUnicast = isUnicast } };
        _open.Add(name, new Hearing(number, broadcast, _world.Now));
        _world.Note($"{_head.Name} hears {inquiry.Type}", inquiry.Client, default, inquiry.TransactionId);
        Schedule(() => _directory.Submit(inquiry));
    }

    public void Queue(DhcpAnswer answer)
    {
        if (Settle(answer.Inquiry) is not { } hearing) return;
        var machine = _world.MachineOf(answer.Inquiry.Client);
        _world.Note($"{_head.Name} answers {answer.Type}", machine.Mac, answer.YourAddress, answer.Inquiry.TransactionId);
        _world.Ledger.OnAnswer(answer, machine, hearing.Number, hearing.At);
        _world.Network.ToMachine(machine, answer);
    }

    public void Dismiss(DhcpInquiry inquiry, DhcpDismissal reason)
    {
        // Said of what another head node answers; if that dies in between, it is answered here all the same.
        if (reason == DhcpDismissal.OtherHeadAnswers && _open.TryGetValue(inquiry.Ingress.Interface, out var hearing)) hearing.IsOthers = true;
        else if (Settle(inquiry) is not null) _world.Note($"{_head.Name} dismisses {inquiry.Type}: {reason}", inquiry.Client, default, inquiry.TransactionId);
    }


    /// <summary>As kill -9: nothing that waits is written, nothing that comes later is heard.</summary>
    public void Kill()
    {
        _process.Kill();
        Unplug();
        _journal.Crash();
        _store.Crash();
    }

    /// <summary>In a cluster who takes shards opens their ledgers.</summary>
    private void OpenLedgers()
    {
        if (_membership is null) _ = _ledgers.OpenAllAsync(_world.Database.PersistenceIds);
    }

    /// <summary>The clients whose actors are in memory and wait for nothing: one whose system's report could not be written in time waits for it still.</summary>
    public IReadOnlyList<string> IdleInMemory()
    {
        var asked = _region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TimeSpan.FromSeconds(10));
        _world.Run(TimeSpan.FromSeconds(1), () => asked.IsCompleted);
        return [.. asked.Result.Shards.SelectMany(shard => shard.EntityIds).Where(id => Board.Find(MacAddress.Parse(id)) is not { } state || !(BootMachine.Deadline(state) > _world.Now))];
    }

    private Hearing? Settle(DhcpInquiry inquiry)
    {
        if (_open.Remove(inquiry.Ingress.Interface, out var hearing))
        {
            if (hearing.Broadcast > 0) _world.Broadcasts.OnSettled(hearing.Broadcast, _head.Name);
            return hearing;
        }
        _world.Broken($"an inquiry of {inquiry.Client} was settled twice");
        return null;
    }

    private sealed record Hearing(long Number, long Broadcast, DateTimeOffset At)
    {
        /// <summary>Left to another head node for now.</summary>
        public bool IsOthers { get; set; }
    }
}

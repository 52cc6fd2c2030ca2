using Akka.Cluster;
using Akka.Dispatch;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Membership;

/// <summary>
/// Keeps this node's membership: beats, has the dead fenced before Akka downs them, takes and gives back shards. The store's table is the truth; every step is one call, and one
/// call at a time is under way. It runs on a thread of its own: a heart beats also while everything else is busy.
/// </summary>
internal sealed partial class MembershipKeeper : UntypedActor, IWithTimers, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    public const string Name = "membership";
    private const string Dispatcher = "fabric.membership-dispatcher";

    private readonly MembershipState _state;
    private readonly MembershipSetup _setup;
    private readonly IClusterStore _store;
    private readonly string _name;
    private readonly IMemberRing _ring;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly BeatDetector _detector;
    private readonly IActorRef _self;
    private long _incarnation;
    private StoredStatus _status = StoredStatus.Joining;

    /// <summary>As the last accepted beat found it, with what own calls changed since; empty while this node has no incarnation.</summary>
    private Dictionary<string, MemberRow> _members = [];
    private Dictionary<int, ShardRow> _rows = [];
    private bool _leaves;
    private bool _hasEnded;

    public MembershipKeeper(MembershipState state)
    {
        (_state, _setup) = (state, state.Setup);
        (_store, _name, _self) = (_setup.Store, _setup.Name, Self);
        _ring = _setup.Ring(Context.System);
        _detector = new BeatDetector(_setup.Heartbeat, _setup.DeadAfter);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(MembershipState state) => Akka.Actor.Props.Create(() => new MembershipKeeper(state)).WithDispatcher(Dispatcher);

    protected override void PreStart()
    {
        _state.Contact = StoreContact.Joining;
        _ring.Follow(Self);
        _setup.Trust.Missed += OnStranger;
        _state.Log = _log;
        _state.NoteKeeper(Self);
        TellStoreLast();
        Timers.StartPeriodicTimer(nameof(Heartbeat), Heartbeat.Instance, _setup.Heartbeat);
        Step();
    }

    protected override void PostStop()
    {
        _setup.Trust.Missed -= OnStranger;
        _state.ForgetKeeper();
        LoseAll("the actor system ends");
        _state.Incarnation = 0;
        _ring.Unfollow(Self);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Heartbeat: OnHeartbeat(); break;
            case CallEnded ended: OnCallEnded(ended); break;
            case LookAtOnce: _beatDue = true; break;
            case AcquireShard acquire: Wish(acquire); break;
            case ReleaseShard release: GiveUp(release.Shard); break;
            case AcquireAgain: _acquireDue = true; break;
            case ShardClosed closed: OnClosed(closed.Row); break;
            case TellLost: NoteLost(); break;
            case PreparationDue due: Serve(due.Batch, isPrepared: false); break;
            case Prepared prepared: Serve(prepared.Batch, isPrepared: true); break;
            case Suspected suspected: OnSuspected(suspected); break;
            case MemberCame came: OnMemberUp(came.Node); break;
            case MemberWent went: OnMemberRemoved(went.Node); break;
            case StartOrphans: WakeOrphans(); break;
            case BeatPing ping: Answer(ping); break;
            case BeatPong pong: OnPong(pong); break;
            case BeginToLeave: OnLeave(); break;
            case EndMembership: _isOut = true; break;
            default: Unhandled(message); return;
        }
        Step();
    }

    /// <summary>On a thread that shakes hands.</summary>
    private void OnStranger() => _self.Tell(LookAtOnce.Instance, ActorRefs.NoSender);

    /// <summary>When Akka's part of the leaving is over, and nothing is owned any more, the store hears of it.</summary>
    private void TellStoreLast()
    {
        var (self, state) = (Self, _state);
        CoordinatedShutdown.Get(Context.System).AddTask(CoordinatedShutdown.PhaseClusterShutdown, "store", async () =>
        {
            if (!state.Leaves) return Akka.Done.Instance;
            self.Tell(EndMembership.Instance, ActorRefs.NoSender);
            await state.Left.ConfigureAwait(false);
            return Akka.Done.Instance;
        });
    }

    private void OnHeartbeat()
    {
        _beatDue = true;
        _backsOff = false;
        if (_incarnation != 0 && IsFailing) BeginRound();
    }

    private void OnLeave()
    {
        if (_leaves) return;
        _leaves = _state.Leaves = true;
        _status = StoredStatus.Leaving;
        _beatDue = true;
    }

    private void Left()
    {
        if (_hasEnded) return;
        _hasEnded = true;
        LoseAll("left");
        _incarnation = _state.Incarnation = 0;
        _state.NoteLeft();
    }

    /// <summary>This membership is over: the actor system ends, another one is made, and joins under a higher incarnation.</summary>
    private void End(string reason)
    {
        if (_hasEnded) return;
        _hasEnded = true;
        _log.Warning("{0}: this head node joins anew", reason);
        LoseAll(reason);
        _incarnation = _state.Incarnation = 0;
        _state.Contact = StoreContact.Joining;
        if (_leaves) _state.NoteLeft();
        else _ring.End();
    }

    private void TellOthers(object message)
    {
        foreach (var member in _members.Values)
        {
            if (member.Lives && member.Identity.Name != _name) TellMember(member.Identity, message);
        }
    }

    private void TellMember(MemberIdentity member, object message)
    {
        if (AddressOf(member) is { } address) Context.ActorSelection(new RootActorPath(address) / "user" / Name).Tell(message, Self);
    }

    /// <summary>Null: the row has none.</summary>
    private Address? AddressOf(MemberIdentity member) => PeerAddress.Of(_ring.Self.Address, member.Address);

    private MemberRow? RowOf(UniqueAddress node) => _members.Values.FirstOrDefault(row => row.Identity.Uid == node.Uid && AddressOf(row.Identity) == node.Address);

    private long Now => _setup.Time.GetTimestamp();

    private long Stamps(TimeSpan time) => (long)(time.TotalSeconds * _setup.Time.TimestampFrequency);

    private sealed record Heartbeat
    {
        public static Heartbeat Instance { get; } = new();
    }
}

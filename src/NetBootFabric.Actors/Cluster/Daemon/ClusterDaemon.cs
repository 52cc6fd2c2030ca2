using NetBootFabric.Actors.Cluster.Sharding;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster.Daemon;

/// <summary>
/// Keeps this node's membership: beats, notices the dead, and moves shards. The store's table is the truth; every step is one call, and one call at a time is
/// under way.
/// </summary>
internal sealed partial class ClusterDaemon(ActorSystemImpl system, Cluster cluster, ClusterSetup setup) : UntypedActor, IWithTimers
{
    private readonly Remote.Remoting _remoting = system.Remoting!;
    private readonly ShardOwnership _ownership = cluster.Ownership;
    private readonly BeatDetector _detector = new(setup.Heartbeat, setup.DeadAfter);
    private readonly string _name = setup.Identity.Name;
    private long _incarnation;
    private StoredStatus _status = StoredStatus.Joining;

    /// <summary>As the last accepted beat found it, with what own calls changed since; empty while this node has no incarnation.</summary>
    private Dictionary<string, MemberRow> _members = [];
    private Dictionary<int, ShardRow> _rows = [];
    private IReadOnlyCollection<string> _peers = [];
    private bool _leaves;
    private bool _hasLeft;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        cluster.StoreContact = StoreContact.Joining;
        Timers.StartPeriodicTimer(nameof(Heartbeat), Heartbeat.Instance, setup.Heartbeat);
        Step();
    }

    protected override void PostStop() => _ownership.ValidUntil = long.MinValue;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Heartbeat: OnHeartbeat(); break;
            case CallEnded ended: OnCallEnded(ended); break;
            case LookAtOnce: _beatDue = true; break;
            case ShardsStopped stopped: OnShardsStopped(stopped.Shards); break;
            case HandOffDue due: OnHandOffDue(due.Shards); break;
            case Prepared prepared: OnPrepared(prepared.Batch); break;
            case PreparationDue due: Open(due.Batch); break;
            case BeatPing ping: Answer(ping); break;
            case BeatPong pong: OnPong(pong); break;
            case LeaveNow: OnLeave(); break;
            case FenceMember fence: _toFence.Enqueue(fence.Member with { Beat = long.MaxValue }); break;
            default: Unhandled(message); return;
        }
        Step();
    }

    private void OnHeartbeat()
    {
        _beatDue = true;
        _backsOff = false;
        if (_incarnation != 0 && IsFailing) BeginRound();
        cluster.SweepRegions();
    }

    private void OnLeave()
    {
        if (_leaves) return;
        _leaves = true;
        _status = StoredStatus.Leaving;
        _beatDue = true;
        if (_incarnation == 0 && !_calling) Left();
    }

    private void Left()
    {
        if (_hasLeft) return;
        _hasLeft = true;
        LoseAll();
        _incarnation = 0;
        cluster.SelfIncarnation = 0;
        cluster.NoteRemoved();
    }

    private void SetPeers(IEnumerable<MemberRow> members)
    {
        var peers = members.Where(row => row.Status != StoredStatus.Gone && row.Identity.Name != _name)
            .Select(static row => new Remote.RemotePeer(row.Identity.Name, row.Identity.Address, row.Identity.Fingerprint)).ToList();
        var keys = peers.ConvertAll(static peer => $"{peer.Name} {peer.Address} {peer.Fingerprint}");
        if (keys.SequenceEqual(_peers)) return;
        _peers = keys;
        _remoting.SetPeers(peers);
    }

    private void TellOthers(object message)
    {
        foreach (var member in _members.Values)
        {
            if (member.Lives && member.Identity.Name != _name) TellMember(member.Identity.Name, message);
        }
    }

    private void TellMember(string name, object message) => _remoting.TellMember(name, Cluster.DaemonPath, message, Self);
}

using System.Collections.Immutable;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>
/// Between the DHCP listeners and the shard region: lets a bounded number of inquiries be under way, queues the rest, sheds what is too much.
/// </summary>
public sealed class DhcpLane : IBootDirectory
{
    /// <summary>Inquiries under way: many enough to fill a group commit.</summary>
    private const int Window = 1024;

    /// <summary>Ten thousand machines powered on at once, and their first retries.</summary>
    private const int Capacity = 32_768;

    /// <summary>When nothing was settled for so long, what was under way is lost (its actor died): make room again.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Overheard = TimeSpan.FromSeconds(1);

    /// <summary>Within it a new owner hears that it is the owner: by message at once, by its own beat at the latest.</summary>
    private static readonly TimeSpan Parting = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly DhcpQueue _waiting = new(Capacity);
    private readonly TimeProvider _time;
    private readonly IActorRef _region;
    private volatile IActorRef _desk = ActorRefs.Nobody;
    private readonly IShardOwnership _heads;
    private readonly OverheardInquiries _overheard;

    /// <summary>By shard: the time from which its new owner surely answers; 0: never lost.</summary>
    private readonly long[] _lostAt;
    private ImmutableDictionary<int, IDhcpReplies> _listeners = ImmutableDictionary<int, IDhcpReplies>.Empty;
    private int _underWay;
    private long _lastSettled;

    /// <param name="heads">Null: this head node is alone.</param>
    /// <param name="overheard">How long a head node that died may have been dead before it is noticed: so far back its clients' questions are answered by its heir.</param>
    public DhcpLane(ActorSystem system, IActorRef region, TimeProvider time, IShardOwnership? heads = null, TimeSpan? overheard = null)
        : this(region, time, heads, overheard) => OpenDesk(system);

    /// <summary>Without a desk as yet: <see cref="OpenDesk"/>.</summary>
    public DhcpLane(IActorRef region, TimeProvider time, IShardOwnership? heads, TimeSpan? overheard)
    {
        _time = time;
        _region = region;
        _heads = heads ?? SoleOwner.Instance;
        _overheard = new OverheardInquiries(time, overheard ?? Overheard);
        _lostAt = new long[_heads.Shards];
    }

    /// <summary>Answers come back to a desk in that actor system from now on: an earlier one has ended.</summary>
    public void OpenDesk(ActorSystem system) => _desk = system.ActorOf(Props.Create(() => new DhcpDesk(this)), "dhcp-desk");

    /// <summary>Inquiries that wait for room, and those that are being answered.</summary>
    public (int Waiting, int UnderWay) Load
    {
        get
        {
            lock (_gate) return (_waiting.Count, _underWay);
        }
    }

    public void Attach(int listener, IDhcpReplies replies) =>
        ImmutableInterlocked.AddOrUpdate(ref _listeners, listener, replies, (_, _) => replies);

    /// <summary>
    /// All head nodes hear a broadcast, and the one whose client it is answers. What only this node heard goes to the client's actor wherever that is.
    /// </summary>
    public void Submit(DhcpInquiry inquiry)
    {
        var shard = _heads.ShardOf(inquiry.Client);
        if (inquiry.Ingress.IsUnicast || _heads.Owns(shard) || IsJustLost(shard))
        {
            Admit(inquiry);
            return;
        }
        _overheard.Add(inquiry, shard);
        Listener(inquiry)?.Dismiss(inquiry, DhcpDismissal.OtherHeadAnswers);
    }

    /// <summary>These shards' head node is dead and they are ours now: its clients' last questions are answered from here.</summary>
    public void Inherit(IReadOnlyCollection<int> shards)
    {
        foreach (var inquiry in _overheard.Take(shards)) Admit(inquiry);
    }

    /// <summary>
    /// These shards are another head node's now, which may not have heard of it yet: for a moment this one goes on passing broadcasts to it. Its actors know a copy.
    /// </summary>
    public void Lose(IReadOnlyCollection<int> shards)
    {
        foreach (var shard in shards) Volatile.Write(ref _lostAt[shard], _time.GetTimestamp() + (long)(Parting.TotalSeconds * _time.TimestampFrequency));
    }

    private bool IsJustLost(int shard) => Volatile.Read(ref _lostAt[shard]) is not 0 and var until && _time.GetTimestamp() < until;

    private void Admit(DhcpInquiry inquiry)
    {
        DhcpInquiry? shed = null;
        bool pass = false, resume = false;
        lock (_gate)
        {
            if (_underWay >= Window && _time.GetElapsedTime(_lastSettled) > Lost)
            {
                _underWay = 0;
                resume = true;
            }
            if (_underWay < Window && _waiting.Count == 0)
            {
                pass = true;
                if (_underWay++ == 0) _lastSettled = _time.GetTimestamp();
            }
            else
            {
                shed = _waiting.Enqueue(inquiry);
            }
        }
        if (pass) Pass(inquiry);
        if (shed is not null) Listener(shed)?.Dismiss(shed, shed.Client == inquiry.Client ? DhcpDismissal.Superseded : DhcpDismissal.Shed);
        if (resume) Resume();
    }

    /// <summary>Nothing under way will be settled and bring on what waits: that has to be passed from here.</summary>
    private void Resume()
    {
        while (TakeWaiting() is { } next) Pass(next);
    }

    private DhcpInquiry? TakeWaiting()
    {
        lock (_gate)
        {
            if (_underWay >= Window || !_waiting.TryDequeue(out var next)) return null;
            if (_underWay++ == 0) _lastSettled = _time.GetTimestamp();
            return next;
        }
    }

    /// <returns>Where it is queued; null: its listener is gone.</returns>
    internal IDhcpReplies? Answer(DhcpAnswer answer)
    {
        Settle();
        var listener = Listener(answer.Inquiry);
        listener?.Queue(answer);
        return listener;
    }

    internal void Dismiss(DhcpDismissed dismissed)
    {
        Settle();
        Listener(dismissed.Inquiry)?.Dismiss(dismissed.Inquiry, dismissed.Reason);
    }

    private void Settle()
    {
        DhcpInquiry? next = null;
        lock (_gate)
        {
            _lastSettled = _time.GetTimestamp();
            if (_waiting.TryDequeue(out var waiting)) next = waiting;
            else if (_underWay > 0) _underWay--;
        }
        if (next is not null) Pass(next);
    }

    private void Pass(DhcpInquiry inquiry) => _region.Tell(new DhcpArrived(inquiry) { HeardAt = _time.GetUtcNow() }, _desk);

    private IDhcpReplies? Listener(DhcpInquiry inquiry) => _listeners.GetValueOrDefault(inquiry.Ingress.Listener);
}

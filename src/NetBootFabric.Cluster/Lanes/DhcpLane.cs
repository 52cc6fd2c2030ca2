using System.Collections.Immutable;
using NetBootFabric.Boot.Dhcp;
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

    private readonly Lock _gate = new();
    private readonly DhcpQueue _waiting = new(Capacity);
    private readonly TimeProvider _time;
    private readonly IActorRef _region;
    private readonly IActorRef _desk;
    private ImmutableDictionary<int, IDhcpReplies> _listeners = ImmutableDictionary<int, IDhcpReplies>.Empty;
    private int _underWay;
    private long _lastSettled;

    public DhcpLane(ActorSystem system, IActorRef region, TimeProvider time)
    {
        _time = time;
        _region = region;
        _desk = system.ActorOf(Props.Create(() => new DhcpDesk(this)), "dhcp-desk");
    }

    public void Attach(int listener, IDhcpReplies replies) =>
        ImmutableInterlocked.AddOrUpdate(ref _listeners, listener, replies, (_, _) => replies);

    public void Submit(DhcpInquiry inquiry)
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
        if (shed is not null) Listener(shed)?.Dismiss(shed, DhcpDismissal.Shed);
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

    internal void Answer(DhcpAnswer answer)
    {
        Settle();
        Listener(answer.Inquiry)?.Send(answer);
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

    private void Pass(DhcpInquiry inquiry) => _region.Tell(new DhcpArrived(inquiry), _desk);

    private IDhcpReplies? Listener(DhcpInquiry inquiry) => _listeners.GetValueOrDefault(inquiry.Ingress.Listener);
}

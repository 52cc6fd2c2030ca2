using Akka.Configuration;
using Akka.Remote;

namespace NetBootFabric.Cluster.Membership;

/// <summary>
/// A deadline for heartbeats, exact, that does not blame others for this node's own stalls: when it finds that it was not asked for a while, it stood still, and the deadline has
/// stood still with it. Settings as of Akka.Remote's DeadlineFailureDetector.
/// </summary>
public sealed class StallAwareDetector : FailureDetector
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly long _stall;
    private readonly long _interval;
    private readonly long _deadline;
    private long _last;
    private long _looked;

    public StallAwareDetector(Config config, EventStream events)
        : this(config.GetTimeSpan("heartbeat-interval", null), config.GetTimeSpan("acceptable-heartbeat-pause", null)) => _ = events;

    internal StallAwareDetector(TimeSpan interval, TimeSpan pause)
    {
        _interval = Stamps(interval);
        _deadline = Stamps(interval + pause);
        _stall = Stamps(interval * 2.5);
    }

    public override bool IsMonitoring
    {
        get
        {
            lock (_gate) return _last > 0;
        }
    }

    public override bool IsAvailable
    {
        get
        {
            lock (_gate)
            {
                if (_last == 0) return true;
                var now = _time.GetTimestamp();
                if (_looked > 0 && now - _looked > _stall) _last += now - _looked - _interval;
                _looked = now;
                return now - _last < _deadline;
            }
        }
    }

    public override void HeartBeat()
    {
        lock (_gate) _last = _time.GetTimestamp();
    }

    private long Stamps(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}

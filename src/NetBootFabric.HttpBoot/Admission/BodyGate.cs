using NetBootFabric.Boot.Storms;

namespace NetBootFabric.HttpBoot.Admission;

/// <summary>
/// How many large bodies are sent at once, and which. TCP shares a link among a few downloads well and among hundreds badly: with a queue of a few packets each one's window falls
/// below what fast retransmission needs, and it waits for time-outs. So the number falls while more than <see cref="TolerableLoss"/> of the segments are sent again, and grows while not.
/// Those that wait keep their place; racks take turns. Pure but for the tickets' call-back; for one thread at a time.
/// </summary>
internal sealed class BodyGate
{
    /// <summary>Enough to fill a link whatever the clients do; no queue is so short that eight cannot share it.</summary>
    public const int Floor = 8;

    public const int Ceiling = 8192;

    /// <summary>For the first burst of a room; the next decision is a quarter of a second away.</summary>
    public const int Beginning = 32;

    /// <summary>A share of segments. Random loss on a bad cable stays below.</summary>
    public const double TolerableLoss = 0.02;

    /// <summary>Such a share means that most bodies are too many, and not a few.</summary>
    private const double HeavyLoss = 0.1;

    /// <summary>A share of fewer segments says nothing.</summary>
    private const int EnoughSegments = 256;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly LinkedList<BodyTicket> _running = new(); // the youngest last
    private readonly RackLines<BodyTicket> _held = new();
    private readonly BodyPace _pace = new();
    private long _segments, _retransmitted, _delivered, _octets;
    private TimeSpan _passed;
    private bool _hasLost;

    /// <summary>Bodies that may be sent at once, by now.</summary>
    public int Limit { get; private set; } = Beginning;
    public int Running => _running.Count;
    public int Held => _held.Count;

    /// <summary>The link has more to carry than it can.</summary>
    public bool IsFull => Held > 0 || (_pace.Binds && Running > 0);

    /// <summary>How fast each running body may be sent, in octets a second; 0: as fast as it can.</summary>
    public long Each => _pace.Total == 0 ? 0 : Math.Max(1, _pace.Total / Math.Max(1, _running.Count));

    public void Enter(BodyTicket ticket)
    {
        if (_held.Count == 0 && _running.Count < Limit)
        {
            _running.AddLast(ticket.Place);
            return;
        }
        Hold(ticket);
    }

    /// <summary>It is sent, or its client is gone.</summary>
    public void Leave(BodyTicket ticket)
    {
        if (ticket.IsHeld) _held.Remove(ticket.Place);
        else _running.Remove(ticket.Place);
        Fill();
    }

    /// <summary>Its client has taken nothing for a while: another gets its place, and it waits behind all.</summary>
    public void Yield(BodyTicket ticket)
    {
        if (ticket.IsHeld || _held.Count == 0) return;
        _running.Remove(ticket.Place);
        Hold(ticket);
        Fill();
    }

    /// <summary>What TCP did for the running bodies since last told.</summary>
    /// <param name="delivered">Segments that clients got.</param>
    /// <param name="octets">In them.</param>
    public void Observe(long segments, long retransmitted, long delivered, long octets) =>
        (_segments, _retransmitted, _delivered, _octets) = (_segments + segments, _retransmitted + retransmitted, _delivered + delivered, _octets + octets);

    /// <summary>To be called a few times a second: a window of TCP on a full link takes no longer.</summary>
    /// <param name="passed">Since the last time.</param>
    public void Decide(TimeSpan passed)
    {
        _passed += passed;
        if (_segments == 0 && _passed >= Second) Idle();
        if (_segments < (_passed < Second ? EnoughSegments : 1)) return;
        // What is sent again now may have been lost long ago, and what did not arrive yet may still be on its way: only both together are a loss of now.
        var share = (double)Math.Max(0, Math.Min(_retransmitted, _segments - _delivered)) / _segments;
        _pace.Decide(share, (long)(_octets / _passed.TotalSeconds));
        (_segments, _retransmitted, _delivered, _octets, _passed) = (0, 0, 0, 0, default);
        if (share > TolerableLoss) Shrink(share);
        else if (_held.Count > 0) Grow();
        else if (_running.Count * 2 < Limit) EndStorm();
    }

    // Those that run take nothing: it is not the link that is narrow.
    private void Idle()
    {
        _passed = default;
        if (_held.Count > 0) Grow();
    }

    private void Shrink(double share)
    {
        _hasLost = true;
        Limit = Math.Max(Floor, (int)(Math.Min(Limit, _running.Count) * (share > HeavyLoss ? 0.5 : 0.75)));
        // The youngest have got least so far.
        while (_running.Count > Limit)
        {
            var youngest = _running.Last!.Value;
            _running.Remove(youngest.Place);
            Hold(youngest, first: true);
        }
    }

    private void EndStorm()
    {
        _hasLost = false;
        _pace.Forget();
    }

    // Until the first loss fast, to find out what the link takes; then slowly.
    private void Grow()
    {
        Limit = Math.Min(Ceiling, _hasLost ? Limit + Math.Max(1, Limit / 16) : Limit * 2);
        Fill();
    }

    private void Hold(BodyTicket ticket, bool first = false)
    {
        ticket.IsHeld = true;
        _held.Add(ticket.Place, ticket.Rack, first);
    }

    private void Fill()
    {
        while (_running.Count < Limit && _held.Next() is { Value: var ticket })
        {
            _held.Remove(ticket.Place);
            _running.AddLast(ticket.Place);
            ticket.IsHeld = false;
            ticket.Admitted();
        }
    }
}

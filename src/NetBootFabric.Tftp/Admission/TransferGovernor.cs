using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Tftp.Admission;

/// <summary>
/// One budget of octets under way for all transfers of a server: what a link can't hold is not sent, but waits here and keeps its turn.
/// Transfers begin only when the link can give each of them a window within its client's patience. For all ports at a time.
/// </summary>
internal sealed partial class TransferGovernor
{
    /// <summary>Clients repeat a packet after a second (RFC 2349's least <c>timeout</c>); half of it is left for the way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <summary>A request waits as long in any rack before it comes first: firmware goes on asking for 20 s.</summary>
    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(5);

    /// <summary>Windows of so many octets may begin whatever the link: 0.1 s at 100 Mbit/s.</summary>
    private const int LeastCommitted = 1 << 20;

    /// <summary>A link that dropped packets is taken for one that does for so long.</summary>
    private static readonly TimeSpan LinkMemory = TimeSpan.FromMinutes(10);

    /// <summary>In octets a second: as fast as lock step is on any machine, and a little more.</summary>
    private const double Gigabit = 128 << 20;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private readonly SendWindow _window = new();
    private readonly DeliveryRate _rate = new();
    private readonly PassageQueue _blocks = new(Patience), _requests = new(RequestPatience);
    private readonly List<PortLane> _lanes = [];
    private readonly List<PortLane> _toWake = [];
    private Passage? _begun; // its window has left in part
    private RoundTripEstimate _roundTrip;
    private TimeSpan _lastLeft, _dropsUntil;
    private long _committed, _opening;
    private int _held, _running;
    private volatile bool _isShort; // somebody waits for room

    /// <summary>Requests that wait unanswered.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Blocks wait for room on the link, which has lost some: it is the narrow place.</summary>
    public bool IsFull => _isShort && _window.IsLimited;

    /// <summary>Octets that may be under way.</summary>
    public int Window => _window.Size;

    /// <summary>How long a client that is not known yet may need for its first ACK, judged by the others.</summary>
    public TimeSpan FirstBound
    {
        get
        {
            lock (_lock) return _roundTrip.Bound;
        }
    }

    /// <summary>Within this a port is to ask again what it may <see cref="Take"/>, even if nothing comes.</summary>
    public TimeSpan Wait => _isShort ? Glance : Timeout.InfiniteTimeSpan;

    /// <param name="wake">Called from other threads when the lane has something to take while it sleeps.</param>
    /// <returns>The lane's number.</returns>
    public int Join(Action wake)
    {
        lock (_lock) _lanes.Add(new PortLane(wake));
        return _lanes.Count - 1;
    }

    /// <summary>A new transfer. False: it waits, and comes by <see cref="Take"/> when there is room.</summary>
    public bool TryBegin(Passage passage, int rack, TimeSpan now)
    {
        lock (_lock)
        {
            passage.Rack = rack;
            if (_requests.Count == 0 && MayBegin)
            {
                BeginAnew(passage, now);
                return true;
            }
            _requests.Add(passage, urgent: false, now);
            _held = _requests.Count;
            return false;
        }
    }

    /// <summary>A transfer that runs already: it does not wait for a beginning.</summary>
    public void Enter(Passage passage, int rack)
    {
        lock (_lock)
        {
            passage.Rack = rack;
            Begin(passage);
        }
    }

    /// <summary>
    /// More is to leave. Returns how many packets may at once; the others come by <see cref="Take"/>. They count as under way from
    /// the moment when they may leave.
    /// </summary>
    public int Leave(Passage passage, in Departure departure, TimeSpan now)
    {
        lock (_lock) return Depart(passage, departure, now);
    }

    /// <summary>What was under way of it is so no longer, and what waited of it is not wanted any more.</summary>
    public void Settle(Passage passage, Outcome outcome, TimeSpan now)
    {
        lock (_lock) Hear(passage, outcome, now);
        WakeLanes();
    }

    /// <summary><see cref="Settle"/>, then <see cref="Leave"/>: what each ACK leads to.</summary>
    public int Proceed(Passage passage, Outcome outcome, in Departure departure, TimeSpan now)
    {
        int packets;
        lock (_lock)
        {
            Hear(passage, outcome, now);
            packets = Depart(passage, departure, now);
        }
        WakeLanes();
        return packets;
    }

    /// <summary>It is over, or was never to begin.</summary>
    public void End(Passage passage, TimeSpan now)
    {
        lock (_lock)
        {
            _requests.Remove(passage);
            _held = _requests.Count;
            _lanes[passage.Lane].Sleeps = false;
            Withdraw(passage);
            Opened(passage);
            Uncount(passage);
            GrantAll(now);
        }
        WakeLanes();
    }

    /// <summary>
    /// The next of this lane that may go on, null when none may; then the lane counts as asleep until it calls again. With packets: so many
    /// may leave; with 0 its transfer may begin.
    /// </summary>
    public Passage? Take(int lane, TimeSpan now, out int packets)
    {
        packets = 0;
        lock (_lock)
        {
            if (_isShort && FreeOverdue(now)) GrantAll(now);
            var granted = _lanes[lane].Granted;
            _lanes[lane].Sleeps = granted.Count == 0;
            if (granted.First is not { Value: var passage }) return null;
            granted.RemoveFirst();
            packets = TakeGranted(passage);
            if (packets > 0) Departs(passage, now); // its worker may have been busy since it was granted
            return passage;
        }
    }

    private int Depart(Passage passage, in Departure departure, TimeSpan now)
    {
        if (_window.InFlight == 0 && now - _lastLeft > TimeSpan.FromSeconds(1)) _window.Restart();
        Opened(passage);
        passage.Describe(departure);
        if (_blocks.Count == 0 && _begun is null) Grant(passage, now);
        if (passage.Wanted > 0 && passage != _begun) _blocks.Add(passage, departure.Kind != DepartureKind.First, now);
        if (passage.Wanted > 0) FellShort();
        return TakeGranted(passage);
    }

    private void Hear(Passage passage, Outcome outcome, TimeSpan now)
    {
        _lanes[passage.Lane].Sleeps = false; // it is its worker that calls
        if (outcome.Arrived > 0) Arrived(passage, outcome.Arrived, now);
        if (outcome.Loss != Loss.None) Missed(passage, outcome.Loss);
        Withdraw(passage);
        if (outcome.Arrived > 0) Presume(_lanes[passage.Lane]);
        GrantAll(now);
    }

    private bool MayBegin => _committed < Math.Max(LeastCommitted, _rate.Best * Patience.TotalSeconds)
        || (_blocks.Count == 0 && _begun is null && 2 * (_window.InFlight + _opening) < _window.Size);

    /// <summary>
    /// On a link that drops, windows waste what lock step does not: what follows a gap is sent again (RFC 7440 §4). A smaller window than asked for may be agreed to (§3), and is, where enough
    /// transfers run to fill the link from block to block.
    /// </summary>
    private void BeginAnew(Passage passage, TimeSpan now)
    {
        if (_window.IsLimited) _dropsUntil = now + LinkMemory;
        if (now < _dropsUntil && _rate.Best < Gigabit && (long)_running * passage.BlockOctets >= _window.Size) passage.Narrow();
        Begin(passage);
    }

    private void Begin(Passage passage)
    {
        passage.IsOpening = true;
        _opening += passage.WindowOctets;
        Count(passage);
    }

    private void Opened(Passage passage)
    {
        if (!passage.IsOpening) return;
        passage.IsOpening = false;
        _opening -= passage.WindowOctets;
    }

    private void Count(Passage passage)
    {
        if (passage.IsCounted) return;
        passage.IsCounted = true;
        _committed += passage.WindowOctets;
        _running++;
    }

    private void Uncount(Passage passage)
    {
        if (!passage.IsCounted) return;
        passage.IsCounted = false;
        _committed -= passage.WindowOctets;
        _running--;
    }

    private static int TakeGranted(Passage passage)
    {
        var packets = passage.Granted;
        passage.Granted = 0;
        return packets;
    }
}

namespace NetBootFabric.Tftp.Transfers;

/// <summary>
/// How long to wait for an ACK: from measured round trips (RFC 6298), or as the client asked (RFC 2349 <c>timeout</c>).
/// </summary>
/// <param name="agreed">The client's own interval; kept as it is, without back-off.</param>
/// <param name="bound">Within which other clients usually answer; zero when that is not known.</param>
internal struct RetransmissionTimer(TimeSpan? agreed, TimeSpan bound = default)
{
    /// <summary>Before the first measurement. Below iPXE's third RRQ (1.1 s), so that a lost OACK is repeated before the client doubles its own wait.</summary>
    public static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(500);

    /// <summary>Firmware polls its card and writes to slow memory between two ACKs; under this a repetition is more often noise than help.</summary>
    public static readonly TimeSpan Min = TimeSpan.FromMilliseconds(100);

    /// <summary>One packet every two seconds costs no link anything, and a client that comes back is heard again soon.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(2);

    /// <summary>For clients that are known to be quick: beyond the processor time that a thread may have to wait for at either end.</summary>
    public static readonly TimeSpan MinQuick = TimeSpan.FromMilliseconds(15);

    /// <summary>Round trips before a client can be known to be quick: firmware that writes to slow memory does so every few blocks.</summary>
    private const int Acquaintance = 16;

    private RoundTripEstimate _roundTrip;
    private TimeSpan _interval = agreed ?? First(bound);
    private TimeSpan _longest; // of late
    private int _measured;

    /// <summary>Smoothed round trip; zero before the first measurement.</summary>
    public readonly TimeSpan RoundTrip => _roundTrip.Usual;

    /// <inheritdoc cref="RoundTripEstimate.Bound"/>
    public readonly TimeSpan Bound => _roundTrip.Bound;

    public readonly TimeSpan Interval => _interval;

    /// <summary>RFC 6298 §2.2 and §2.3. Only for windows sent once (Karn): a repeated one can't tell which sending was answered.</summary>
    public void Measured(TimeSpan roundTrip)
    {
        _roundTrip.Measured(roundTrip);
        _measured++;
        _longest = roundTrip > _longest ? roundTrip : _longest - TimeSpan.FromTicks((_longest - roundTrip).Ticks / 64);
        if (agreed is null) _interval = Clamp(Bound);
    }

    /// <summary>
    /// One of several sendings was answered, not known which: the round trip is at most the time since the first. Waiting longer than
    /// that would let a lossy link slow down with each loss until a measurement comes, and with windows none may come.
    /// </summary>
    public void Answered(TimeSpan sinceFirst)
    {
        if (agreed is not null) return;
        var usual = Bound;
        var least = usual > sinceFirst ? usual : sinceFirst;
        if (least < _interval) _interval = Clamp(least);
    }

    /// <summary>RFC 6298 §5.5; undone by the next measurement, or as far as <see cref="Answered"/> allows.</summary>
    public void BackOff()
    {
        if (agreed is null) _interval = Clamp(2 * _interval);
    }

    /// <summary>A repetition that was not needed: the client is not as quick as it seemed.</summary>
    public void WasHasty() => _measured = 0;

    /// <summary>Clients of one room are much alike: four times what the others need is long enough.</summary>
    private static TimeSpan First(TimeSpan bound) => TimeSpan.FromTicks(bound == TimeSpan.Zero ? Initial.Ticks : Math.Clamp(4 * bound.Ticks, Min.Ticks, Initial.Ticks));

    private readonly TimeSpan Clamp(TimeSpan interval) => interval < Least ? Least : interval > Max ? Max : interval;

    private readonly TimeSpan Least
    {
        get
        {
            var quick = TimeSpan.FromTicks(3 * _longest.Ticks);
            if (_measured < Acquaintance || quick > Min) return Min;
            return quick > MinQuick ? quick : MinQuick;
        }
    }
}

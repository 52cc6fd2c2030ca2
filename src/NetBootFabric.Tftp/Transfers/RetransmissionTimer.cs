namespace NetBootFabric.Tftp.Transfers;

/// <summary>
/// How long to wait for an ACK: from measured round trips (RFC 6298), or as the client asked (RFC 2349 <c>timeout</c>).
/// </summary>
/// <param name="agreed">The client's own interval; kept as it is, without back-off.</param>
internal struct RetransmissionTimer(TimeSpan? agreed)
{
    /// <summary>Before the first measurement. Below iPXE's third RRQ (1.1 s), so that a lost OACK is repeated before the client doubles its own wait.</summary>
    public static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(500);

    /// <summary>Firmware polls its card and writes to slow memory between two ACKs; under this a repetition is more often noise than help.</summary>
    public static readonly TimeSpan Min = TimeSpan.FromMilliseconds(100);

    /// <summary>One packet every two seconds costs no link anything, and a client that comes back is heard again soon.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(2);

    private TimeSpan _variation;
    private TimeSpan _interval = agreed ?? Initial;

    /// <summary>Smoothed round trip; zero before the first measurement.</summary>
    public TimeSpan RoundTrip { get; private set; }

    public readonly TimeSpan Interval => _interval;

    /// <summary>RFC 6298 §2.2 and §2.3. Only for windows sent once (Karn): a repeated one can't tell which sending was answered.</summary>
    public void Measured(TimeSpan roundTrip)
    {
        if (RoundTrip == TimeSpan.Zero)
        {
            RoundTrip = roundTrip;
            _variation = roundTrip / 2;
        }
        else
        {
            _variation += ((RoundTrip - roundTrip).Duration() - _variation) / 4;
            RoundTrip += (roundTrip - RoundTrip) / 8;
        }
        if (agreed is null) _interval = Clamp(RoundTrip + 4 * _variation);
    }

    /// <summary>
    /// One of several sendings was answered, not known which: the round trip is at most the time since the first. Waiting longer than
    /// that would let a lossy link slow down with each loss until a measurement comes, and with windows none may come.
    /// </summary>
    public void Answered(TimeSpan sinceFirst)
    {
        if (agreed is not null) return;
        var usual = RoundTrip + 4 * _variation;
        var least = usual > sinceFirst ? usual : sinceFirst;
        if (least < _interval) _interval = Clamp(least);
    }

    /// <summary>RFC 6298 §5.5; undone by the next measurement, or as far as <see cref="Answered"/> allows.</summary>
    public void BackOff()
    {
        if (agreed is null) _interval = Clamp(2 * _interval);
    }

    private static TimeSpan Clamp(TimeSpan interval) => interval < Min ? Min : interval > Max ? Max : interval;
}

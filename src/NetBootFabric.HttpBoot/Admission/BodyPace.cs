namespace NetBootFabric.HttpBoot.Admission;

/// <summary>
/// How fast all running bodies together are sent once the link has lost packets: as fast as clients got them then, and faster step by step while nothing is lost. TCP alone sends each
/// window in a burst, and the bursts of a few connections overrun a queue of some packets, however few they are; its time-outs then double from loss to loss, to many seconds for
/// clients without time stamps (UEFI, lwIP). Pure.
/// </summary>
internal sealed class BodyPace
{
    /// <summary>A quarter of a second later by so much, and twice as much each time until the next loss.</summary>
    private const double FirstStep = 0.05, LastStep = 0.5;

    /// <summary>In octets a second: 1 Mbit/s. What is slower is no link to boot a room over.</summary>
    private const long Least = 125_000;

    /// <summary>Ten times 10 Gbit/s: nothing is paced any more.</summary>
    private const long Most = 12_500_000_000;

    /// <summary>Decisions for which a rate that was reached counts: two and a half seconds.</summary>
    private const int Remembered = 10;

    /// <summary>What is sent above what arrived. With a little more than nothing a link that got wider, or a loss that has nothing to do with the pace, does not keep it down.</summary>
    private const double Probe = 0.02, BorneLoss = 0.04;

    /// <summary>Of which each rate is the mean: one second.</summary>
    private const int Smoothed = 4;

    private readonly long[] _rates = new long[Remembered], _recent = new long[Smoothed];
    private int _next;
    private double _step = FirstStep;

    /// <summary>In octets a second; 0: nothing was lost.</summary>
    public long Total { get; private set; }

    /// <summary>Clients get about what they may: the link, and not the clients, is what is narrow.</summary>
    public bool Binds { get; private set; }

    /// <param name="share">Of the segments, that were sent again.</param>
    /// <param name="rate">What clients got, in octets a second.</param>
    public void Decide(double share, long rate)
    {
        // A body's end or a thread's delay moves a packet from one quarter of a second to the next.
        _recent[_next % Smoothed] = rate;
        _rates[_next % Remembered] = (long)_recent.Take(Math.Min(++_next, Smoothed)).Average();
        if (share > BodyGate.TolerableLoss) Cut(share);
        else if (Total > 0) Grow(share, rate);
        Binds = Total > 0 && rate * 2 >= Total;
    }

    public void Forget()
    {
        (Total, Binds, _step, _next) = (0, false, FirstStep, 0);
        Array.Clear(_rates);
    }

    /// <summary>Back to the best that was reached of late: one bad moment says little about a link.</summary>
    private void Cut(double share)
    {
        Total = Math.Max(Least, (long)(_rates.Max() * (1 + Probe + Math.Min(share, BorneLoss))));
        _step = FirstStep;
    }

    private void Grow(double share, long rate)
    {
        // Where the clients take less than they may, the link is not what is narrow.
        if (rate * 4 < Total) return;
        Total = Math.Max((long)(Total * (1 + _step)), _rates.Max());
        _step = share > BodyGate.TolerableLoss / 2 ? FirstStep : Math.Min(LastStep, 2 * _step);
        if (Total > Most) Forget();
    }
}

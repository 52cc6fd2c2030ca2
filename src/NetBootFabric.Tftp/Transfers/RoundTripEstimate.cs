namespace NetBootFabric.Tftp.Transfers;

/// <summary>A round trip as it usually is (RFC 6298 §2.2 and §2.3).</summary>
internal struct RoundTripEstimate
{
    private TimeSpan _variation;

    /// <summary>Smoothed; zero before the first measurement.</summary>
    public TimeSpan Usual { get; private set; }

    /// <summary>It rarely takes longer.</summary>
    public readonly TimeSpan Bound => Usual + 4 * _variation;

    public void Measured(TimeSpan roundTrip)
    {
        if (Usual == TimeSpan.Zero)
        {
            (Usual, _variation) = (roundTrip, roundTrip / 2);
            return;
        }
        _variation += ((Usual - roundTrip).Duration() - _variation) / 4;
        Usual += (roundTrip - Usual) / 8;
    }
}

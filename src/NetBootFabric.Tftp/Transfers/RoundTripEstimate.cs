namespace NetBootFabric.Tftp.Transfers;

/// <summary>A round trip as it usually is (RFC 6298 §2.2 and §2.3).</summary>
internal struct RoundTripEstimate
{
    // In ticks of 100 ns: a TimeSpan is multiplied and divided by way of floating point, and each ACK comes by here twice.
    private long _usual, _variation;

    /// <summary>Smoothed; zero before the first measurement.</summary>
    public readonly TimeSpan Usual => new(_usual);

    /// <summary>It rarely takes longer.</summary>
    public readonly TimeSpan Bound => new(_usual + 4 * _variation);

    public void Measured(TimeSpan roundTrip)
    {
        if (_usual == 0)
        {
            (_usual, _variation) = (roundTrip.Ticks, roundTrip.Ticks / 2);
            return;
        }
        _variation += (Math.Abs(_usual - roundTrip.Ticks) - _variation) / 4;
        _usual += (roundTrip.Ticks - _usual) / 8;
    }
}

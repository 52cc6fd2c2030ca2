namespace NetBootFabric.Tftp.Admission;

/// <summary>
/// Which share of lost packets is no reason to send less. A full queue loses less when less is sent; a bad cable does not care. So a share
/// that stays while the window is halved is the link's own, and is borne from then on.
/// </summary>
internal sealed class LossShare
{
    /// <summary>BBR's mark: below it a loss tells of chance, not of a full queue.</summary>
    private const double Least = 0.02;

    /// <summary>A link that loses more loses it for a reason.</summary>
    private const double MostOfLink = 0.08;

    private double _firstShare;
    private int _firstSize;

    /// <summary>What the link loses however little is sent.</summary>
    public double OfLink { get; private set; }

    public double Tolerated => Math.Max(Least, 1.6 * OfLink);

    /// <summary>More than tolerated was lost with a window of <paramref name="size"/>. Returns the window from before the cuts when they were for nothing.</summary>
    public int? WithoutCause(double share, int size)
    {
        // Less is lost since less is sent: the cuts help, so they go on from here.
        if (_firstSize == 0 || share < _firstShare / 2) (_firstSize, _firstShare) = (size, share);
        if (size > Math.Max(_firstSize / 2, SendWindow.Floor) || share > MostOfLink) return null;
        var former = _firstSize;
        (OfLink, _firstSize) = (share, 0);
        return former;
    }

    /// <summary>This was lost in a whole sample, and was tolerated.</summary>
    public void Bore(double share)
    {
        if (share <= Tolerated / 2) _firstSize = 0;
        if (share < OfLink) OfLink = (7 * OfLink + share) / 8;
    }
}

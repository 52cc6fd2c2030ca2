namespace NetBootFabric.Tftp.Admission;

/// <summary>What clients got in a second, at best of late: the best of a few short spans, since a server that has nothing to do says nothing about the link.</summary>
internal sealed class DeliveryRate
{
    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(50);
    private readonly double[] _spans = new double[20]; // a second
    private TimeSpan _began;
    private long _octets;
    private int _next;

    /// <summary>Octets a second; 0 at first.</summary>
    public double Best { get; private set; }

    /// <summary>True when a span is over, and the rate perhaps another.</summary>
    public bool Add(int octets, TimeSpan now)
    {
        _octets += octets;
        if (now - _began < Span) return false;
        _spans[_next++ % _spans.Length] = _octets / (now - _began).TotalSeconds;
        (_began, _octets) = (now, 0);
        Best = _spans.Max();
        return true;
    }
}

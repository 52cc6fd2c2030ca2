namespace NetBootFabric.Tftp.Tests.Admission;

/// <summary>The narrow place of a network, in virtual time: so many octets a second, a queue that drops what it can't hold, and some that are lost on the way.</summary>
internal sealed class Bottleneck(double rate, int queueOctets, double loss, int seed)
{
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(0.05);

    private readonly Random _random = new(seed);
    private TimeSpan _freeAt;

    /// <summary>Octets a second.</summary>
    public double Rate { get; set; } = rate;

    public int QueueOctets { get; set; } = queueOctets;
    public long Carried { get; private set; }
    public int Dropped { get; private set; }

    /// <summary>When it arrives; null when it is lost.</summary>
    public TimeSpan? Carry(int octets, TimeSpan now)
    {
        if (_freeAt < now) _freeAt = now;
        var waiting = (_freeAt - now).TotalSeconds * Rate;
        if (waiting + octets > QueueOctets)
        {
            Dropped++;
            return null;
        }
        _freeAt += TimeSpan.FromSeconds(octets / Rate);
        Carried += octets;
        return _random.NextDouble() < loss ? null : _freeAt + Way;
    }
}

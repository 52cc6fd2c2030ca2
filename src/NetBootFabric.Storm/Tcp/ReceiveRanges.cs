namespace NetBootFabric.Storm.Tcp;

/// <summary>What came ahead of a gap in the stream: at most three ranges, as many as a selective acknowledgement names beside other options.</summary>
internal sealed class ReceiveRanges
{
    private const int Most = 3;

    private readonly SequenceRange[] _ranges = new SequenceRange[Most];

    public int Count { get; private set; }

    public ReadOnlySpan<SequenceRange> All => _ranges.AsSpan(0, Count);

    /// <summary>False when part of it is there already, or there is no room: then it must come again.</summary>
    public bool Fits(SequenceRange range)
    {
        var joins = false;
        foreach (var known in All)
        {
            if (Before(range.Start, known.End) && Before(known.Start, range.End)) return false;
            joins |= known.End == range.Start || known.Start == range.End;
        }
        return joins || Count < Most;
    }

    /// <summary>Adds a range that fits.</summary>
    public void Add(SequenceRange range)
    {
        foreach (ref var known in _ranges.AsSpan(0, Count))
        {
            if (known.End == range.Start) known = new SequenceRange(known.Start, range.End);
            else if (known.Start == range.End) known = new SequenceRange(range.Start, known.End);
            else continue;
            return;
        }
        _ranges[Count++] = range;
    }

    /// <summary>How many octets from <paramref name="next"/> on are there already; they are forgotten.</summary>
    public int Take(uint next)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_ranges[i].Start != next) continue;
            var length = (int)(_ranges[i].End - next);
            _ranges[i] = _ranges[--Count];
            return length;
        }
        return 0;
    }

    /// <summary>Where the first range behind <paramref name="next"/> starts.</summary>
    public uint? FirstAfter(uint next)
    {
        uint? first = null;
        foreach (var range in All)
            if (first is null || Before(range.Start, first.Value)) first = range.Start;
        return first is { } start && Before(next, start) ? first : null;
    }

    private static bool Before(uint one, uint other) => (int)(one - other) < 0;
}

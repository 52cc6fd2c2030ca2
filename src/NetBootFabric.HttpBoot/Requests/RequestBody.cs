namespace NetBootFabric.HttpBoot.Requests;

/// <summary>What of a request's body came (RFC 9112 §6, §7.1): the first octets are kept, the rest is counted.</summary>
internal sealed class RequestBody
{
    /// <summary>Of a body, in octets: a report, with room.</summary>
    public const int MaximumLength = 64 * 1024;

    /// <summary>Octets that are kept.</summary>
    public const int KeptLength = 512;

    /// <summary>Of the line before a chunk, and of all lines after the last one: nobody has use for what may stand there.</summary>
    private const int MaximumLine = 256;

    private enum Part { Data, Size, AfterChunk, Trailer }

    private readonly byte[] _kept = new byte[KeptLength];
    private readonly bool _isChunked;
    private Part _part;
    private long _left, _total;
    private int _line, _keptLength;
    private bool _digits, _pastDigits;

    public RequestBody(in RequestHead head)
    {
        _isChunked = head.IsChunked;
        _part = _isChunked ? Part.Size : Part.Data;
        _left = head.ContentLength;
    }

    public bool IsComplete { get; private set; }
    public ReadOnlySpan<byte> Kept => _kept.AsSpan(0, _keptLength);

    /// <summary>Octets taken: all of them, unless the body ends before. Negative: the status to refuse with.</summary>
    public int Take(ReadOnlySpan<byte> octets)
    {
        var at = 0;
        while (at < octets.Length && !IsComplete)
        {
            var used = _part == Part.Data ? TakeData(octets[at..]) : TakeLine(octets[at]);
            if (used < 0) return used;
            at += used;
        }
        return at;
    }

    private int TakeData(ReadOnlySpan<byte> octets)
    {
        var count = (int)Math.Min(octets.Length, _left);
        var kept = Math.Min(count, KeptLength - _keptLength);
        octets[..kept].CopyTo(_kept.AsSpan(_keptLength));
        _keptLength += kept;
        _left -= count;
        if (_left > 0) return count;
        if (_isChunked) Begin(Part.AfterChunk);
        else IsComplete = true;
        return count;
    }

    private int TakeLine(byte octet)
    {
        if (++_line > MaximumLine) return -400;
        return _part switch
        {
            Part.Size => TakeSize(octet),
            Part.AfterChunk => TakeAfterChunk(octet),
            _ => TakeTrailer(octet),
        };
    }

    private int TakeSize(byte octet)
    {
        if (octet == '\n') return _digits ? EndSize() : -400;
        if (char.IsAsciiHexDigit((char)octet) && !_pastDigits)
        {
            _digits = true;
            _left = _left * 16 + Digit(octet);
            return _total + _left > MaximumLength ? -413 : 1;
        }
        _pastDigits = true; // an extension, and the line's end
        return _digits ? 1 : -400;
    }

    private static int Digit(byte octet) => octet <= '9' ? octet - '0' : (octet | 0x20) - 'a' + 10;

    private int EndSize()
    {
        _total += _left;
        Begin(_left > 0 ? Part.Data : Part.Trailer);
        return 1;
    }

    private int TakeAfterChunk(byte octet)
    {
        if (octet == '\n') Begin(Part.Size);
        return octet is (byte)'\n' || (octet == '\r' && _line == 1) ? 1 : -400;
    }

    // An empty line ends it. What stands before is of no interest.
    private int TakeTrailer(byte octet)
    {
        if (octet == '\n' && !_digits) IsComplete = true;
        if (octet == '\n') _digits = false;
        else if (octet != '\r') _digits = true; // something stands in this line
        return 1;
    }

    private void Begin(Part part)
    {
        if (part == Part.Size) _left = 0;
        (_part, _line, _digits, _pastDigits) = (part, 0, false, false);
    }
}

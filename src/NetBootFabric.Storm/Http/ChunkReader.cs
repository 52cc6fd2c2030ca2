using System.Buffers.Text;

namespace NetBootFabric.Storm.Http;

/// <summary>Takes a chunked body apart (RFC 9112 §7.1) as its octets come. Trailers are passed over.</summary>
internal sealed class ChunkReader
{
    private const int LongestLine = 256;

    private readonly byte[] _line = new byte[LongestLine];
    private int _lineLength;
    private long _left;
    private bool _afterData, _inTrailer;

    public bool IsEnd { get; private set; }

    /// <summary>What was sent is no chunked body.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>The next piece of data at the head of <paramref name="octets"/>; empty when more octets are needed, or at the end.</summary>
    public ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty && !IsEnd && !IsWrong)
        {
            if (_left > 0) return TakeData(ref octets);
            TakeLine(ref octets);
        }
        return default;
    }

    private ReadOnlySpan<byte> TakeData(ref ReadOnlySpan<byte> octets)
    {
        var data = octets[..(int)Math.Min(_left, octets.Length)];
        octets = octets[data.Length..];
        _left -= data.Length;
        _afterData = _left == 0;
        return data;
    }

    private void TakeLine(ref ReadOnlySpan<byte> octets)
    {
        var octet = octets[0];
        octets = octets[1..];
        if (octet == '\r') return;
        if (octet != '\n')
        {
            if (_lineLength < LongestLine) _line[_lineLength++] = octet;
            return;
        }
        EndLine(_line.AsSpan(0, _lineLength));
        _lineLength = 0;
    }

    private void EndLine(ReadOnlySpan<byte> line)
    {
        if (_afterData) _afterData = false; // the line end behind a chunk
        else if (_inTrailer) IsEnd = line.IsEmpty;
        else if (!Utf8Parser.TryParse(line, out _left, out var used, 'x') || used == 0 || _left < 0) IsWrong = true;
        else _inTrailer = _left == 0;
    }
}

using System.Buffers.Binary;

namespace NetBootFabric.Storm.Tcp;

/// <summary>The options that a client sends and reads: MSS (RFC 9293), window scale and time stamps (RFC 7323), selective acknowledgement (RFC 2018).</summary>
internal static class TcpOptions
{
    /// <summary>40 = 60, the longest header, less 20.</summary>
    public const int Longest = 40;

    private const byte End = 0, Nothing = 1, MaximumSegment = 2, WindowScale = 3, SackPermitted = 4, Sack = 5, TimeStamps = 8;

    /// <summary>What the client has of time stamps, SACK permitted, window scale, and MSS, in iPXE's order.</summary>
    /// <returns>Octets written: 4 to 24.</returns>
    public static int WriteSyn(Span<byte> options, ushort maximumSegment, TcpManner manner, uint clock)
    {
        var length = manner.Stamps ? WriteStamps(options, clock, 0) : 0;
        if (manner.Sacks) length += Append(options[length..], [Nothing, Nothing, SackPermitted, 2]);
        if (manner.Scale is { } scale) length += Append(options[length..], [Nothing, WindowScale, 3, scale]);
        return length + Append(options[length..], [MaximumSegment, 4, (byte)(maximumSegment >> 8), (byte)maximumSegment]);
    }

    /// <param name="clock">The client's, in milliseconds.</param>
    /// <param name="echoed">The server's last one.</param>
    /// <returns>12.</returns>
    public static int WriteStamps(Span<byte> options, uint clock, uint echoed)
    {
        Append(options, [Nothing, Nothing, TimeStamps, 10]);
        BinaryPrimitives.WriteUInt32BigEndian(options[4..], clock);
        BinaryPrimitives.WriteUInt32BigEndian(options[8..], echoed);
        return 12;
    }

    /// <returns>Octets written: none without blocks, 4 and 8 for each block.</returns>
    public static int WriteSack(Span<byte> options, ReadOnlySpan<SequenceRange> blocks)
    {
        if (blocks.IsEmpty) return 0;
        var length = 2 + 8 * blocks.Length;
        options[0] = options[1] = Nothing;
        options[2] = Sack;
        options[3] = (byte)length;
        for (var i = 0; i < blocks.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(options[(4 + 8 * i)..], blocks[i].Start);
            BinaryPrimitives.WriteUInt32BigEndian(options[(8 + 8 * i)..], blocks[i].End);
        }
        return 2 + length;
    }

    /// <summary>What a segment of the server says. Never throws.</summary>
    public static PeerOptions Read(ReadOnlySpan<byte> options)
    {
        var found = new PeerOptions();
        while (!options.IsEmpty && options[0] != End)
        {
            var length = options[0] == Nothing ? 1 : options.Length > 1 ? options[1] : 0;
            if (length < 1 || (length < 2 && options[0] != Nothing) || length > options.Length) break;
            if (options[0] == WindowScale) found = found with { Scales = true };
            else if (options[0] == SackPermitted) found = found with { Sacks = true };
            else if (options[0] == TimeStamps && length == 10) found = found with { Stamp = BinaryPrimitives.ReadUInt32BigEndian(options[2..]) };
            options = options[length..];
        }
        return found;
    }

    private static int Append(Span<byte> options, ReadOnlySpan<byte> more)
    {
        more.CopyTo(options);
        return more.Length;
    }
}

/// <param name="Stamp">The server's clock; null when it sends none.</param>
internal readonly record struct PeerOptions(bool Scales, bool Sacks, uint? Stamp);

/// <summary>Octets of a stream by their sequence numbers, the end exclusive.</summary>
internal readonly record struct SequenceRange(uint Start, uint End);

using System.Buffers.Binary;

namespace NetBootFabric.Storm.Tcp;

/// <summary>The options that a client sends and reads: MSS (RFC 9293), window scale (RFC 7323), selective acknowledgement (RFC 2018).</summary>
internal static class TcpOptions
{
    private const byte End = 0, Nothing = 1, MaximumSegment = 2, WindowScale = 3, SackPermitted = 4, Sack = 5;

    /// <summary>12 octets: MSS, NOP and window scale, two NOPs and SACK permitted.</summary>
    public static int WriteSyn(Span<byte> options, ushort maximumSegment, byte scale)
    {
        options[0] = MaximumSegment;
        options[1] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(options[2..], maximumSegment);
        ReadOnlySpan<byte> rest = [Nothing, WindowScale, 3, scale, Nothing, Nothing, SackPermitted, 2];
        rest.CopyTo(options[4..]);
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

    /// <summary>What the server's SYN allows. Never throws.</summary>
    public static (bool Scaled, bool Sacks) ReadSyn(ReadOnlySpan<byte> options)
    {
        var (scaled, sacks) = (false, false);
        while (!options.IsEmpty && options[0] != End)
        {
            var length = options[0] == Nothing ? 1 : options.Length > 1 ? options[1] : 0;
            if (length < 1 || (length < 2 && options[0] != Nothing) || length > options.Length) break;
            scaled |= options[0] == WindowScale;
            sacks |= options[0] == SackPermitted;
            options = options[length..];
        }
        return (scaled, sacks);
    }
}

/// <summary>Octets of a stream by their sequence numbers, the end exclusive.</summary>
internal readonly record struct SequenceRange(uint Start, uint End);

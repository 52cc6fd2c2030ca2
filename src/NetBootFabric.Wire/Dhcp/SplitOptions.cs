using System.Buffers.Binary;

namespace NetBootFabric.Wire.Dhcp;

/// <summary>
/// Options that come in several parts are one option (RFC 3396 §5, RFC 2131 §4.1). They are joined as a list of
/// code (1 octet), length (2 octets), value: never longer than the parts were, since two parts already cost 4 octets of heads.
/// </summary>
internal static class SplitOptions
{
    private const int HeadSize = 3;

    public static bool TryJoin(DhcpOptionEnumerator options, scoped in OptionSet split, Span<byte> scratch, out ReadOnlySpan<byte> joined)
    {
        joined = default;
        Span<int> cursors = stackalloc int[256];
        cursors.Clear();
        foreach (var option in options) cursors[option.Code] += option.Value.Length;
        var used = LayOut(cursors, split, scratch);
        if (used < 0) return false;
        foreach (var option in options)
        {
            if (!split.Contains(option.Code)) continue;
            option.Value.CopyTo(scratch[cursors[option.Code]..]);
            cursors[option.Code] += option.Value.Length;
        }
        joined = scratch[..used];
        return true;
    }

    public static bool TryFind(ReadOnlySpan<byte> joined, byte code, out ReadOnlySpan<byte> octets)
    {
        while (!joined.IsEmpty)
        {
            octets = joined.Slice(HeadSize, BinaryPrimitives.ReadUInt16BigEndian(joined[1..]));
            if (joined[0] == code) return true;
            joined = joined[(HeadSize + octets.Length)..];
        }
        octets = default;
        return false;
    }

    /// <summary>Writes the heads and turns lengths into the places where the values go; the octets used, or -1 when they don't fit.</summary>
    private static int LayOut(Span<int> cursors, scoped in OptionSet split, Span<byte> scratch)
    {
        var used = 0;
        for (var code = 0; code < cursors.Length; code++)
        {
            if (!split.Contains((byte)code)) continue;
            var length = cursors[code];
            if (length > ushort.MaxValue || scratch.Length - used < HeadSize + length) return -1;
            scratch[used] = (byte)code;
            BinaryPrimitives.WriteUInt16BigEndian(scratch[(used + 1)..], (ushort)length);
            cursors[code] = used + HeadSize;
            used += HeadSize + length;
        }
        return used;
    }
}

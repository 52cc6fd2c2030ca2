using System.Buffers.Text;
using System.Text;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>Octets to send, from <paramref name="Start"/> on.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    public long Last => Start + Length - 1;

    /// <summary>
    /// Reads a Range header (RFC 9110 §14.2) against content of <paramref name="length"/> octets. What is no single range of bytes is
    /// ignored, as the RFC allows, and gives the whole.
    /// </summary>
    public static RangeOutcome Parse(ReadOnlySpan<byte> header, long length, out ByteRange range)
    {
        range = new ByteRange(0, length);
        if (header.Length < 6 || !Ascii.EqualsIgnoreCase(header[..6], "bytes="u8)) return RangeOutcome.Whole; // 6 = bytes=
        var text = Trim(header[6..]);
        var dash = text.IndexOf((byte)'-');
        if (dash < 0 || text.Contains((byte)',')) return RangeOutcome.Whole;
        var first = Trim(text[..dash]);
        var last = Trim(text[(dash + 1)..]);
        return first.IsEmpty ? Suffix(last, length, ref range) : FromTo(first, last, length, ref range);
    }

    private static RangeOutcome Suffix(ReadOnlySpan<byte> count, long length, ref ByteRange range)
    {
        if (!TryNumber(count, out var wanted)) return RangeOutcome.Whole;
        if (wanted == 0 || length == 0) return RangeOutcome.Unsatisfiable;
        var sent = Math.Min(wanted, length);
        range = new ByteRange(length - sent, sent);
        return RangeOutcome.Partial;
    }

    private static RangeOutcome FromTo(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last, long length, ref ByteRange range)
    {
        var end = long.MaxValue;
        if (!TryNumber(first, out var start) || (!last.IsEmpty && !TryNumber(last, out end)) || end < start) return RangeOutcome.Whole;
        if (start >= length) return RangeOutcome.Unsatisfiable;
        range = new ByteRange(start, Math.Min(end, length - 1) - start + 1);
        return RangeOutcome.Partial;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    // More digits than a long holds are a large number, not a wrong one.
    private static bool TryNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = long.MaxValue;
        if (text.IsEmpty || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        if (!Utf8Parser.TryParse(text, out number, out _)) number = long.MaxValue;
        return true;
    }
}

internal enum RangeOutcome
{
    Whole,
    Partial,
    Unsatisfiable,
}

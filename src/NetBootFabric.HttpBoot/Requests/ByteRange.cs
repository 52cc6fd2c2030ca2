using System.Globalization;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>Octets to send, from <paramref name="Start"/> on.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    public long Last => Start + Length - 1;

    /// <summary>
    /// Reads a Range header (RFC 9110 §14.2) against content of <paramref name="length"/> octets. What is no single range of bytes is
    /// ignored, as the RFC allows, and gives the whole.
    /// </summary>
    public static RangeOutcome Parse(string header, long length, out ByteRange range)
    {
        range = new ByteRange(0, length);
        var text = header.AsSpan().Trim();
        if (!text.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)) return RangeOutcome.Whole;
        text = text[6..].Trim(); // 6 = bytes=
        var dash = text.IndexOf('-');
        if (dash < 0 || text.Contains(',')) return RangeOutcome.Whole;
        var first = text[..dash].TrimEnd();
        var last = text[(dash + 1)..].TrimStart();
        return first.IsEmpty ? Suffix(last, length, ref range) : FromTo(first, last, length, ref range);
    }

    private static RangeOutcome Suffix(ReadOnlySpan<char> count, long length, ref ByteRange range)
    {
        if (!TryNumber(count, out var wanted)) return RangeOutcome.Whole;
        if (wanted == 0 || length == 0) return RangeOutcome.Unsatisfiable;
        var sent = Math.Min(wanted, length);
        range = new ByteRange(length - sent, sent);
        return RangeOutcome.Partial;
    }

    private static RangeOutcome FromTo(ReadOnlySpan<char> first, ReadOnlySpan<char> last, long length, ref ByteRange range)
    {
        var end = long.MaxValue;
        if (!TryNumber(first, out var start) || (!last.IsEmpty && !TryNumber(last, out end)) || end < start) return RangeOutcome.Whole;
        if (start >= length) return RangeOutcome.Unsatisfiable;
        range = new ByteRange(start, Math.Min(end, length - 1) - start + 1);
        return RangeOutcome.Partial;
    }

    // More digits than a long holds are a large number, not a wrong one.
    private static bool TryNumber(ReadOnlySpan<char> text, out long number)
    {
        number = long.MaxValue;
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9')) return false;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)) number = long.MaxValue;
        return true;
    }
}

internal enum RangeOutcome
{
    Whole,
    Partial,
    Unsatisfiable,
}

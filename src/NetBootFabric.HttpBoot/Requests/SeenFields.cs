using System.Buffers.Text;
using System.Text;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>Which fields of one head were read, and what a repeated one means.</summary>
internal struct SeenFields
{
    // Conditions that come twice are as good as none: to send the whole is always right (RFC 9110 §13.1, §14.2).
    private int _ranges, _matches, _dates, _rangeConditions, _codings;

    public int Hosts { get; private set; }
    public int Lengths { get; private set; }

    /// <summary>0, or the status to refuse with.</summary>
    public int Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref RequestHead head)
    {
        switch (name.Length)
        {
            case 4 when Is(name, "Host"u8): Hosts++; break;
            case 5 when Is(name, "Range"u8): head.Range = _ranges++ == 0 ? value : default; break;
            case 6 when Is(name, "Expect"u8): return Expect(value, ref head);
            case 8 when Is(name, "If-Range"u8): head.IfRange = _rangeConditions++ == 0 && !value.IsEmpty ? value : "?"u8; break; // matches nothing
            case 10 when Is(name, "Connection"u8): Connection(value, ref head); break;
            case 13 when Is(name, "If-None-Match"u8): head.IfNoneMatch = _matches++ == 0 ? value : "?"u8; break;
            case 14 when Is(name, "Content-Length"u8): return Length(value, ref head);
            case 17 when Is(name, "If-Modified-Since"u8): head.IfModifiedSince = _dates++ == 0 ? value : default; break;
            case 17 when Is(name, "Transfer-Encoding"u8): return Coding(value, ref head);
        }
        return 0;
    }

    private static int Expect(ReadOnlySpan<byte> value, ref RequestHead head)
    {
        if (!Is(value, "100-continue"u8)) return 417;
        head.ExpectsContinue = !head.IsOld;
        return 0;
    }

    private static void Connection(ReadOnlySpan<byte> value, ref RequestHead head)
    {
        foreach (var range in value.Split((byte)','))
        {
            var option = value[range].Trim(" \t"u8);
            if (Is(option, "close"u8)) head.KeepAlive = false;
            else if (head.IsOld && Is(option, "keep-alive"u8)) head.KeepAlive = true;
        }
    }

    // A second one, even with the same number, is how requests are smuggled (RFC 9112 §6.3).
    private int Length(ReadOnlySpan<byte> value, ref RequestHead head)
    {
        if (++Lengths > 1 || value.IsEmpty || value.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return 400;
        if (!Utf8Parser.TryParse(value, out head.ContentLength, out var used) || used != value.Length) return 413; // more digits than a long holds
        return 0;
    }

    private int Coding(ReadOnlySpan<byte> value, ref RequestHead head)
    {
        if (++_codings > 1) return 400;
        head.IsChunked = Is(value, "chunked"u8);
        return head.IsChunked ? 0 : 501;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}

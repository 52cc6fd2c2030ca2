using System.Buffers;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>Reads one request's head (RFC 9112 §2.2, §3, §5, §6). Pure; what is ambiguous, and could be read in two ways by two servers, is refused.</summary>
internal static class RequestParser
{
    /// <summary>Fields of one request.</summary>
    public const int MaximumFields = 64;

    /// <summary>Of the request line, in octets: a target that is long for us is 1024.</summary>
    private const int MaximumLine = 8 * 1024;

    private static readonly SearchValues<byte> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);
    private static readonly SearchValues<byte> FieldOctets = SearchValues.Create([(byte)'\t', .. Enumerable.Range(' ', 95).Select(each => (byte)each), .. Enumerable.Range(128, 128).Select(each => (byte)each)]);
    private static readonly SearchValues<byte> TargetOctets = SearchValues.Create([.. Enumerable.Range('!', 94).Select(each => (byte)each)]);

    /// <summary>0: the head is not all there yet. Positive: octets of the head. Negative: the status to refuse with, after which the connection is of no use.</summary>
    /// <param name="octets">All that came since the last request's end.</param>
    /// <param name="limit">Of line and fields together, in octets.</param>
    public static int Parse(ReadOnlySpan<byte> octets, int limit, out RequestHead head)
    {
        head = default;
        var lead = LeadingLines(octets);
        var rest = octets[lead..];
        var line = NextLine(rest, Math.Min(limit, MaximumLine), out var used);
        if (used == 0) return rest.Length >= Math.Min(limit, MaximumLine) ? -414 : 0;
        var status = used < 0 ? 414 : ReadLine(line, ref head);
        if (status != 0) return -status;
        var fields = ReadFields(rest[used..], limit - used, ref head);
        return fields > 0 ? lead + used + fields : fields;
    }

    // A client may send an empty line after a body (§2.2).
    private static int LeadingLines(ReadOnlySpan<byte> octets)
    {
        var at = 0;
        while (at < 4 && octets.Length >= at + 2 && octets[at] == '\r' && octets[at + 1] == '\n') at += 2;
        return at;
    }

    /// <summary>The line without its end. <paramref name="used"/>: octets with its end; 0: no end yet; -1: it is too long.</summary>
    private static ReadOnlySpan<byte> NextLine(ReadOnlySpan<byte> octets, int limit, out int used)
    {
        used = 0;
        var end = octets.IndexOf((byte)'\n');
        if (end < 0) return default;
        used = end + 1 > limit ? -1 : end + 1;
        return end > 0 && octets[end - 1] == '\r' ? octets[..(end - 1)] : octets[..end];
    }

    private static int ReadLine(ReadOnlySpan<byte> line, ref RequestHead head)
    {
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first + 1) return 400;
        head.Name = line[..first];
        head.Target = line[(first + 1)..last];
        if (head.Name.ContainsAnyExcept(Token) || head.Target.ContainsAnyExcept(TargetOctets)) return 400;
        head.Method = head.Name switch
        {
            _ when head.Name.SequenceEqual("GET"u8) => RequestMethod.Get,
            _ when head.Name.SequenceEqual("HEAD"u8) => RequestMethod.Head,
            _ when head.Name.SequenceEqual("POST"u8) => RequestMethod.Post,
            _ => RequestMethod.Other,
        };
        return ReadVersion(line[(last + 1)..], ref head);
    }

    private static int ReadVersion(ReadOnlySpan<byte> version, ref RequestHead head)
    {
        if (version.Length != 8 || !version.StartsWith("HTTP/"u8) || !char.IsAsciiDigit((char)version[5]) || version[6] != '.' || !char.IsAsciiDigit((char)version[7])) return 400;
        if (version[5] != '1') return 505;
        head.IsOld = version[7] == '0';
        head.KeepAlive = !head.IsOld;
        return 0;
    }

    private static int ReadFields(ReadOnlySpan<byte> octets, int limit, ref RequestHead head)
    {
        var seen = new SeenFields();
        var (at, count) = (0, 0);
        while (true)
        {
            var line = NextLine(octets[at..], limit - at, out var used);
            if (used < 0) return -431;
            if (used == 0) return octets.Length >= limit ? -431 : 0;
            at += used;
            if (line.IsEmpty) return Conclude(seen, ref head) is var status and not 0 ? -status : at;
            if (++count > MaximumFields) return -431;
            if (ReadField(line, ref seen, ref head) is var wrong and not 0) return -wrong;
        }
    }

    private static int ReadField(ReadOnlySpan<byte> line, ref SeenFields seen, ref RequestHead head)
    {
        var colon = line.IndexOf((byte)':');
        // A name that begins with a blank is a folded line (§5.2), one that ends with it hides a field from who reads strictly (§5.1).
        if (colon <= 0 || line[..colon].ContainsAnyExcept(Token)) return 400;
        var value = line[(colon + 1)..].Trim(" \t"u8);
        return value.ContainsAnyExcept(FieldOctets) ? 400 : seen.Take(line[..colon], value, ref head);
    }

    private static int Conclude(in SeenFields seen, ref RequestHead head)
    {
        if (seen.Hosts > 1 || (seen.Hosts == 0 && !head.IsOld)) return 400; // §3.2
        if (head.IsChunked && (seen.Lengths > 0 || head.IsOld)) return 400; // §6.1
        return 0;
    }
}

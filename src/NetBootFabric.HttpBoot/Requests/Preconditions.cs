using System.Buffers.Text;
using System.Text;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>Conditional requests (RFC 9110 §13) against one strong validator, without its quotes, and one date in whole seconds.</summary>
internal readonly record struct Preconditions(string ETag, DateTimeOffset LastModified)
{
    /// <summary>The client has it already: answer 304. If-Modified-Since counts only without If-None-Match.</summary>
    public bool IsNotModified(in RequestHead head)
    {
        if (!head.IfNoneMatch.IsEmpty) return IsListed(head.IfNoneMatch);
        return TryDate(head.IfModifiedSince, out var since) && LastModified <= since;
    }

    /// <summary>The range is of the content that the client has begun with. A weak tag never matches (§13.1.5).</summary>
    public bool AllowRange(in RequestHead head)
    {
        if (head.IfRange.IsEmpty || IsTag(head.IfRange)) return true;
        return TryDate(head.IfRange, out var date) && date == LastModified;
    }

    private bool IsListed(ReadOnlySpan<byte> tags)
    {
        foreach (var range in tags.Split((byte)','))
        {
            var tag = tags[range].Trim(" \t"u8);
            if (tag.StartsWith("W/"u8)) tag = tag[2..];
            if (tag.SequenceEqual("*"u8) || IsTag(tag)) return true;
        }
        return false;
    }

    private bool IsTag(ReadOnlySpan<byte> text) => text.Length == ETag.Length + 2 && text[0] == '"' && text[^1] == '"' && Ascii.Equals(text[1..^1], ETag);

    private static bool TryDate(ReadOnlySpan<byte> header, out DateTimeOffset date) => Utf8Parser.TryParse(header, out date, out var used, 'R') & used == header.Length && used > 0;
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>Conditional requests (RFC 9110 §13) against one strong validator, quotes included, and one date in whole seconds.</summary>
internal readonly record struct Preconditions(string ETag, DateTimeOffset LastModified)
{
    /// <summary>The client has it already: answer 304. If-Modified-Since counts only without If-None-Match.</summary>
    public bool IsNotModified(IHeaderDictionary headers)
    {
        if (headers.IfNoneMatch is { Count: > 0 } tags) return Lists(tags, ETag);
        return TryDate(headers.IfModifiedSince, out var since) && LastModified <= since;
    }

    /// <summary>The range is of the content that the client has begun with. A weak tag never matches (§13.1.5).</summary>
    public bool AllowRange(IHeaderDictionary headers)
    {
        var condition = headers.IfRange;
        if (condition.Count == 0) return true;
        if (condition.Count == 1 && condition[0] == ETag) return true;
        return TryDate(condition, out var date) && date == LastModified;
    }

    private static bool Lists(StringValues tags, string eTag)
    {
        foreach (var line in tags)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var tag = line.AsSpan(range).Trim();
                if (tag.StartsWith("W/")) tag = tag[2..];
                if (tag is "*" || tag.SequenceEqual(eTag)) return true;
            }
        }
        return false;
    }

    private static bool TryDate(StringValues header, out DateTimeOffset date)
    {
        date = default;
        return header.Count == 1 && DateTimeOffset.TryParseExact(header[0], "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }
}

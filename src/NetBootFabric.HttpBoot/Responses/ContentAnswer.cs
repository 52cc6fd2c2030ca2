using System.Globalization;
using NetBootFabric.Boot.Content;
using NetBootFabric.HttpBoot.Requests;

namespace NetBootFabric.HttpBoot.Responses;

/// <summary>Status and headers for content (RFC 9110 §15.3, §15.4.5), and which octets follow.</summary>
internal static class ContentAnswer
{
    /// <summary>Null: no octets follow (304 or 416).</summary>
    public static ByteRange? WriteHead(Exchange exchange, BootContent content)
    {
        var request = exchange.Request.Headers;
        var headers = exchange.Response.Headers;
        var modified = WholeSeconds(content.LastModified);
        var validators = new Preconditions($"\"{content.ETag}\"", modified);
        headers.ETag = validators.ETag;
        headers.LastModified = modified.ToString("r", CultureInfo.InvariantCulture);
        headers.AcceptRanges = "bytes";
        if (validators.IsNotModified(request))
        {
            exchange.Response.StatusCode = 304;
            return null;
        }
        headers.ContentType = content.MediaType;
        var range = new ByteRange(0, content.Length);
        // Range is defined for GET alone (§14.2).
        if (!exchange.IsHead && request.Range is [{ } asked] && validators.AllowRange(request))
        {
            switch (ByteRange.Parse(asked, content.Length, out range))
            {
                case RangeOutcome.Unsatisfiable:
                    exchange.Response.StatusCode = 416;
                    headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{content.Length}");
                    headers.ContentLength = 0;
                    return null;
                case RangeOutcome.Partial:
                    exchange.Response.StatusCode = 206;
                    headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {range.Start}-{range.Last}/{content.Length}");
                    break;
            }
        }
        headers.ContentLength = range.Length;
        return range;
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset date) => new(date.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}

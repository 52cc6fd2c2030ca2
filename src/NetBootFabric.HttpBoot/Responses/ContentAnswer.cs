using NetBootFabric.Boot.Content;
using NetBootFabric.HttpBoot.Requests;

namespace NetBootFabric.HttpBoot.Responses;

/// <summary>Status and headers for content (RFC 9110 §15.3, §15.4.5), and which octets follow.</summary>
/// <param name="Body">Null: none do (304 or 416).</param>
internal readonly record struct ContentAnswer(int Status, ByteRange? Body)
{
    /// <summary>All but the date, the connection's fields and the end.</summary>
    public static ContentAnswer Write(ref HeadWriter writer, in RequestHead head, BootContent content)
    {
        var validators = new Preconditions(content.ETag, WholeSeconds(content.LastModified));
        var answer = Decide(head, content, validators);
        writer.Status(answer.Status);
        writer.Tag(validators.ETag);
        writer.Field("Last-Modified"u8, validators.LastModified);
        writer.Field("Accept-Ranges"u8, "bytes"u8);
        if (answer.Status == 304) return answer;
        writer.Field("Content-Type"u8, content.MediaType);
        writer.Field("Content-Length"u8, answer.Body?.Length ?? 0);
        if (answer.Status is 206 or 416) WriteRange(ref writer, answer.Body, content.Length);
        return answer;
    }

    private static ContentAnswer Decide(in RequestHead head, BootContent content, in Preconditions validators)
    {
        var whole = new ByteRange(0, content.Length);
        if (validators.IsNotModified(head)) return new(304, null);
        // Range is defined for GET alone (§14.2).
        if (head.Method != RequestMethod.Get || head.Range.IsEmpty || !validators.AllowRange(head)) return new(200, whole);
        return ByteRange.Parse(head.Range, content.Length, out var range) switch
        {
            RangeOutcome.Partial => new(206, range),
            RangeOutcome.Unsatisfiable => new(416, null),
            _ => new(200, whole),
        };
    }

    private static void WriteRange(ref HeadWriter writer, ByteRange? range, long length)
    {
        writer.Name("Content-Range"u8);
        writer.Add("bytes "u8);
        if (range is { } sent)
        {
            writer.Add(sent.Start);
            writer.Add("-"u8);
            writer.Add(sent.Last);
        }
        else writer.Add("*"u8);
        writer.Add("/"u8);
        writer.Add(length);
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset date) => new(date.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}

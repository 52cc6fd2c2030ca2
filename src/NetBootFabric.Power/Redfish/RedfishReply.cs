using System.Net;
using System.Text.Json;

namespace NetBootFabric.Power.Redfish;

/// <param name="Body">Undefined: none, or none that is JSON.</param>
/// <param name="Location">Path of what was made: a session, a task's monitor.</param>
internal sealed record RedfishReply(HttpStatusCode Status, JsonElement Body, string? ETag, string? Location, string? Token, TimeSpan? RetryAfter)
{
    /// <summary>A controller may ask for any patience; no more than this is given.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public bool IsBusy => Status == HttpStatusCode.ServiceUnavailable || (Status == HttpStatusCode.Conflict && RetryAfter is not null);

    /// <summary>What it says of an error (DSP0266 §8.6): the first message, else the general one.</summary>
    public string? Message
    {
        get
        {
            var error = Body.Member("error");
            foreach (var info in error.Member("@Message.ExtendedInfo").Items())
            {
                if (info.Text("Message") is { Length: > 0 } message) return message;
                if (info.Text("MessageId") is { Length: > 0 } id) return id;
            }
            return error.Text("message");
        }
    }

    public static async Task<RedfishReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        var after = response.Headers.RetryAfter?.Delta;
        return new RedfishReply(response.StatusCode, Parse(bytes), response.Headers.TryGetValues("ETag", out var tags) ? tags.FirstOrDefault() : null,
            response.Headers.Location is { } location ? location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString : null,
            response.Headers.TryGetValues("X-Auth-Token", out var tokens) ? tokens.FirstOrDefault() : null,
            after > LongestPause ? LongestPause : after);
    }

    private static JsonElement Parse(byte[] bytes)
    {
        if (bytes.Length == 0) return default;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

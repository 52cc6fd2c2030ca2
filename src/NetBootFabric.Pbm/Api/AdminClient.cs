using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Pbm.Api;

/// <summary>Calls a head node's admin API.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _server;

    public AdminClient(string server)
    {
        _server = server;
        if (!Uri.TryCreate(server.Contains("://", StringComparison.Ordinal) ? server : $"http://{WithPort(server)}", UriKind.Absolute, out var address))
            throw new AdminException($"'{server}' is no host:port; give --server 127.0.0.1:{AdminRoutes.DefaultPort}", AdminException.Unreachable);
        _http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>A host alone means the admin API's own port, not that of the web.</summary>
    private static string WithPort(string server) => server.Contains(':', StringComparison.Ordinal) ? server : $"{server}:{AdminRoutes.DefaultPort}";

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, path, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        return await JsonSerializer.DeserializeAsync(body, type, cancellation) ?? throw new AdminException($"{_server} sent nothing", AdminException.Refused);
    }

    public async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Post, path, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        return await JsonSerializer.DeserializeAsync(body, type, cancellation) ?? throw new AdminException($"{_server} sent nothing", AdminException.Refused);
    }

    /// <summary>The events of a stream until it is cancelled; comes back when the head node ends it.</summary>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, path, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(body, static (_, data) => JsonSerializer.Deserialize(data, AdminJson.Default.WatchEvent)).EnumerateAsync(cancellation))
            if (item.Data is { } seen) yield return seen;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, path);
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException unreachable)
        {
            throw new AdminException($"no head node answers at {_server} ({Reason(unreachable)}); is netbootd running there? Name another with --server or PBM_SERVER", AdminException.Unreachable);
        }
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RefusalAsync(response, cancellation);
    }

    private static string Reason(HttpRequestException unreachable) =>
        unreachable.HttpRequestError == HttpRequestError.NameResolutionError ? "its name can't be resolved" : unreachable.Message;

    private async Task<AdminException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        var said = TryReadError(text) ?? $"{_server} answered {(int)response.StatusCode} {response.ReasonPhrase}, which is no answer of an admin API; its port is {AdminRoutes.DefaultPort} unless 'admin: {{ listen }}' says otherwise";
        return new AdminException(said, response.StatusCode == HttpStatusCode.ServiceUnavailable ? AdminException.Unreachable : AdminException.Refused);
    }

    private static string? TryReadError(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, AdminJson.Default.ApiError)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}

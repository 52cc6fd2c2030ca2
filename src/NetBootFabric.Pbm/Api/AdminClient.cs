using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Pbm.Api;

/// <summary>Calls a head node's admin API. What is refused, and a head node that is not there, is an <see cref="AdminException"/> that says what to do.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ServerAddress _server;
    private readonly PinnedCertificate _pinned;

    /// <param name="token">Null: there is none; the head node says what that means.</param>
    /// <param name="fingerprint">Of the certificate that a head node elsewhere has to show; null: one that this machine trusts.</param>
    public AdminClient(ServerAddress server, string? token, string? fingerprint)
    {
        _server = server;
        Token = token;
        _pinned = new PinnedCertificate(fingerprint);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !server.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(10) };
        handler.SslOptions.RemoteCertificateValidationCallback = _pinned.IsTrusted;
        _http = new HttpClient(handler) { BaseAddress = server.Uri, Timeout = Timeout.InfiniteTimeSpan };
        if (token is null) return;
        // What is in a file that is no token must not become headers of its own.
        if (!token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) throw new AdminException("what was read is no token: it has letters, digits, - and _ only", AdminException.Refused);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public ServerAddress Server => _server;

    /// <summary>Null: none was found.</summary>
    public string? Token { get; }

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, type, cancellation);

    /// <summary>POST without a body.</summary>
    public Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) => SendAsync(HttpMethod.Post, path, null, type, cancellation);

    /// <summary>Sends an object, gets an object.</summary>
    /// <param name="ifMatch">The revision that the change was made from; null: whatever is there.</param>
    public Task<TAnswer> SendAsync<TBody, TAnswer>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> type, CancellationToken cancellation, string? ifMatch = null) =>
        SendAsync(method, path, Json(body, bodyType), type, cancellation, ifMatch);

    /// <param name="body">Null: none.</param>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellation, string? ifMatch = null)
    {
        using var response = await RespondAsync(method, path, body, cancellation, ifMatch);
        await using var answer = await response.Content.ReadAsStreamAsync(cancellation);
        try
        {
            return await JsonSerializer.DeserializeAsync(answer, type, cancellation) ?? throw new AdminException($"{_server.Name} sent nothing", AdminException.Refused);
        }
        catch (JsonException other)
        {
            throw new AdminException($"{_server.Name} answered what this pbm does not understand ({other.Message}): is it of another release?", AdminException.Refused);
        }
    }

    /// <summary>The response itself, once its headers are there, for what is no JSON; a refusal is an <see cref="AdminException"/> already.</summary>
    public async Task<HttpResponseMessage> RespondAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation, string? ifMatch = null)
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            if (ifMatch is not null) request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{ifMatch.Trim('"')}\""));
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException unreachable)
        {
            throw new AdminException(_pinned.Refusal(_server.Name) ?? $"no head node answers at {_server.Name} ({Reason(unreachable)}); is netbootd running there? Name another with --server or PBM_SERVER", AdminException.Unreachable);
        }
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RefusalAsync(response, cancellation);
    }

    /// <summary>Copies the answer's body as it is.</summary>
    public async Task DownloadAsync(string path, Stream destination, CancellationToken cancellation)
    {
        using var response = await RespondAsync(HttpMethod.Get, path, null, cancellation);
        await response.Content.CopyToAsync(destination, cancellation);
    }

    /// <summary>The events of a stream until it is cancelled; comes back when the head node ends it.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(string path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellation) where T : class
    {
        using var response = await RespondAsync(HttpMethod.Get, path, null, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(body, (_, data) => JsonSerializer.Deserialize(data, type)).EnumerateAsync(cancellation))
            if (item.Data is { } seen) yield return seen;
    }

    public static HttpContent Json<T>(T body, JsonTypeInfo<T> type) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static string Reason(HttpRequestException unreachable) =>
        unreachable.HttpRequestError == HttpRequestError.NameResolutionError ? "its name can't be resolved" : unreachable.Message;

    private async Task<AdminException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var said = TryReadError(await response.Content.ReadAsStringAsync(cancellation)) ?? $"{_server.Name} answered {(int)response.StatusCode} {response.ReasonPhrase}, which is no answer of an admin API; its port is {AdminRoutes.DefaultPort} unless 'admin: {{ listen }}' says otherwise";
        return new AdminException(said, response.StatusCode == HttpStatusCode.ServiceUnavailable ? AdminException.Unreachable : AdminException.Refused);
    }

    private static string? TryReadError(string text)
    {
        try
        {
            var error = JsonSerializer.Deserialize(text, AdminJson.Default.ApiError);
            return error?.Mistakes is { Count: > 1 } mistakes ? string.Join(Environment.NewLine, [$"{error.Error}:", .. mistakes.Select(mistake => $"  {mistake}")]) : error?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}

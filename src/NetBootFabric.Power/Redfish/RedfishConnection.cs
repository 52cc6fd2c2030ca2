using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NetBootFabric.AdminApi.Access;

namespace NetBootFabric.Power.Redfish;

/// <summary>
/// Requests to one service (DSP0266 §6 and §7): time-outs, tries again where that is safe, sentences for what it refuses. Paths that it names are followed on the same host only: the session's token
/// goes with each request.
/// </summary>
internal sealed class RedfishConnection : IDisposable
{
    private const int BodyLimit = 4 << 20;

    private readonly HttpClient _http;
    private readonly BmcLogin _login;
    private readonly Uri _service;
    private readonly PowerSettings _settings;
    private readonly TimeProvider _time;
    private string? _seen;

    public RedfishConnection(Uri service, BmcLogin login, PowerSettings settings, TimeProvider time)
    {
        (_service, _login, _settings, _time) = (service, login, settings, time);
        // No proxy: controllers are on a network of their own. No redirects: the token would go along.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = settings.Request };
        handler.SslOptions.RemoteCertificateValidationCallback = IsTrusted;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = BodyLimit };
        _http.DefaultRequestHeaders.Add("OData-Version", "4.0");
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public string Host => _service.Authority;

    public void UseToken(string token) => _http.DefaultRequestHeaders.TryAddWithoutValidation("X-Auth-Token", token);

    public void UseBasic() =>
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_login.User}:{_login.Password}")));

    public async Task<RedfishReply> GetAsync(string path, CancellationToken cancellation) => Good(await SendAsync(HttpMethod.Get, path, null, null, cancellation), path);

    /// <summary>The reply as it is, also when it is a refusal. What the service has certainly not acted on is sent again: it is busy (503, 409 with Retry-After), or it was not reached.</summary>
    /// <param name="json">Null: no body.</param>
    public async Task<RedfishReply> SendAsync(HttpMethod method, string path, string? json, string? ifMatch, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isLast = attempt >= _settings.Tries;
            try
            {
                var reply = await OnceAsync(method, path, json, ifMatch, cancellation);
                if (isLast || !reply.IsBusy) return reply;
                await Task.Delay(reply.RetryAfter ?? _settings.Pause * attempt, _time, cancellation);
            }
            catch (HttpRequestException fault) when (!isLast && fault.InnerException is not System.Security.Authentication.AuthenticationException && (method == HttpMethod.Get || fault.HttpRequestError == HttpRequestError.ConnectionError))
            {
                await Task.Delay(_settings.Pause * attempt, _time, cancellation);
            }
            catch (HttpRequestException fault)
            {
                throw new BmcException(Sentence(fault), fault);
            }
        }
    }

    private async Task<RedfishReply> OnceAsync(HttpMethod method, string path, string? json, string? ifMatch, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_settings.Request);
        using var request = new HttpRequestMessage(method, Inside(path));
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return await RedfishReply.ReadAsync(response, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BmcException($"{Host} did not answer within {_settings.Request.TotalSeconds:0} s ({method} {Inside(path).AbsolutePath}); is it the BMC's address?");
        }
    }

    /// <summary>The reply when it is none of refusal.</summary>
    public RedfishReply Good(RedfishReply reply, string path)
    {
        if ((int)reply.Status is >= 200 and < 300) return reply;
        var said = reply.Message is { } message ? $": {Clean(message)}" : "";
        throw new BmcException(reply.Status switch
        {
            HttpStatusCode.Unauthorized => $"{Host} refuses user {_login.User}{said}; look at 'power: credentials' in the head node's file, and at the password's file",
            HttpStatusCode.Forbidden => $"user {_login.User} may not do that on {Host}{said}; give it the role Operator in the BMC",
            HttpStatusCode.NotFound => $"{Host} has no {path}{said}; is it a Redfish service, and is bmc: {{ address }} that of this machine?",
            HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable => $"{Host} is busy{said}; it was asked {_settings.Tries} times, try again later",
            _ => $"{Host} answered {(int)reply.Status} to {path}{said}",
        });
    }

    private Uri Inside(string path)
    {
        if (Uri.TryCreate(_service, path, out var uri) && uri.Authority == _service.Authority && uri.Scheme == _service.Scheme) return uri;
        throw new BmcException($"{Host} points to {Clean(path)}, which is not on it, and is not followed");
    }

    /// <summary>A service that repeats what it was sent must not have the password printed.</summary>
    private string Clean(string message)
    {
        var line = new string([.. message.Take(300).Select(c => char.IsControl(c) ? ' ' : c)]).Trim().TrimEnd('.');
        return _login.Password.Length > 0 ? line.Replace(_login.Password, "…", StringComparison.Ordinal) : line;
    }

    private string Sentence(HttpRequestException fault)
    {
        if (_seen is { } seen) return $"{Host} shows a certificate that is not trusted ({seen}); if it is that BMC's own, write it down in the head node's file: power: {{ credentials: {{ NAME: {{ certificate: \"{seen}\" }} }} }}";
        return fault.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"the name {_service.Host} can't be resolved",
            HttpRequestError.ConnectionError => $"{Host} can't be reached ({fault.InnerException?.Message ?? fault.Message})",
            HttpRequestError.ConfigurationLimitExceeded => $"{Host} sent more than {BodyLimit >> 20} MiB, which no Redfish service does",
            _ => $"{Host} broke the connection off ({fault.Message})",
        };
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_login.Trust.Anything) return true;
        if (certificate is not X509Certificate2 shown) return false;
        var fingerprint = Fingerprint.Of(shown);
        var isTrusted = _login.Trust.Fingerprints.Count > 0 ? _login.Trust.Fingerprints.Contains(fingerprint) : errors == SslPolicyErrors.None;
        if (!isTrusted) _seen = fingerprint;
        return isTrusted;
    }

    public void Dispose() => _http.Dispose();
}

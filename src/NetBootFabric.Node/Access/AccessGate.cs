using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Access;

/// <summary>Lets a call through when its token has the role that the call needs. Between routing and the endpoints.</summary>
internal sealed class AccessGate
{
    private readonly ITokenBook _tokens;
    private readonly AccessToken? _local;
    private readonly ILogger _log;
    private readonly WrongTokens _wrong;
    private readonly RunningCalls _running = new();

    public AccessGate(ITokenBook tokens, AccessToken? local, TimeProvider time, ILogger log)
    {
        (_tokens, _local, _log, _wrong) = (tokens, local, log, new WrongTokens(time));
        tokens.Changed += () => _running.EndUnless(hash => Known(hash) is not null);
    }

    /// <summary>Calls that run.</summary>
    public int Running => _running.Count;

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (NeededRole.IsOpen(context.GetEndpoint()))
        {
            await next(context);
            return;
        }
        var (token, refusal) = await JudgeAsync(context, NeededRole.Of(context.GetEndpoint()));
        if (token is null) await refusal!.ExecuteAsync(context);
        else await PassAsync(context, token, next);
    }

    /// <summary>Whose token this is.</summary>
    /// <returns>Neither a token nor a refusal: nobody's.</returns>
    public async ValueTask<(AccessToken? Token, IResult? Refusal)> FindAsync(string text, IPAddress? from, CancellationToken cancellation)
    {
        var hash = TokenSecret.HashOf(text);
        if (hash is not null && Known(hash) is { } known) return (known, null);
        if (!_wrong.TrySpend(from)) return (null, AccessRefusals.TooMany(from));
        return (hash is null ? null : await _tokens.LookAgainAsync(hash, cancellation), null);
    }

    public static bool SaysItIsOurs(HttpRequest request) => request.Headers[AccessRoutes.RequestedWithHeader] is [AccessRoutes.RequestedWith];

    private AccessToken? Known(string hash) => hash == _local?.Hash ? _local : _tokens.Find(hash);

    private async ValueTask<(AccessToken? Token, IResult? Refusal)> JudgeAsync(HttpContext context, Role needed)
    {
        if (ShownToken.Of(context) is not { } shown) return (null, AccessRefusals.None(context));
        var (token, tooMany) = await FindAsync(shown.Text, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (tooMany is not null) return (null, tooMany);
        if (token is null) return (null, AccessRefusals.Unknown(context));
        if (shown.IsCookie && ChangesSomething(context.Request) && !SaysItIsOurs(context.Request)) return (null, AccessRefusals.NotOurs());
        return token.Role < needed ? (null, AccessRefusals.TooLittle(token, needed)) : (token, null);
    }

    private async Task PassAsync(HttpContext context, AccessToken token, RequestDelegate next)
    {
        new Caller(token.Name, token.Role).Attach(context);
        await _running.RunAsync(context, token.Hash, next);
        if (ChangesSomething(context.Request))
            _log.Called(token.Name, context.Connection.RemoteIpAddress?.ToString() ?? "?", context.Request.Method, context.Request.Path, context.Response.StatusCode);
    }

    private static bool ChangesSomething(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}

using System.Net;
using Microsoft.AspNetCore.Http;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Access;

/// <summary>Lets a call through when its token has the role that the call needs. Between routing and the endpoints.</summary>
internal sealed class AccessGate(ITokenBook tokens, AccessToken? local, TimeProvider time)
{
    private readonly WrongTokens _wrong = new(time);

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (NeededRole.IsOpen(context.GetEndpoint()) || await RefusalAsync(context, NeededRole.Of(context.GetEndpoint())) is not { } refusal) await next(context);
        else await refusal.ExecuteAsync(context);
    }

    /// <summary>Whose token this is.</summary>
    /// <returns>Null and no refusal: nobody's.</returns>
    public async ValueTask<(AccessToken? Token, IResult? Refusal)> FindAsync(string text, IPAddress? from, CancellationToken cancellation)
    {
        var hash = TokenSecret.HashOf(text);
        if (hash is not null && hash == local?.Hash) return (local, null);
        if (hash is not null && await tokens.FindAsync(hash, cancellation) is { } known) return (known, null);
        if (!_wrong.TrySpend(from)) return (null, AccessRefusals.TooMany(from));
        return (hash is null ? null : await tokens.LookAgainAsync(hash, cancellation), null);
    }

    private async ValueTask<IResult?> RefusalAsync(HttpContext context, Role needed)
    {
        if (ShownToken.Of(context) is not { } shown) return AccessRefusals.None(context);
        var (token, tooMany) = await FindAsync(shown.Text, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (tooMany is not null) return tooMany;
        if (token is null) return AccessRefusals.Unknown(context);
        if (shown.IsCookie && ChangesSomething(context.Request) && !SaysItIsOurs(context.Request)) return AccessRefusals.NotOurs();
        if (token.Role < needed) return AccessRefusals.TooLittle(token, needed);
        new Caller(token.Name, token.Role).Attach(context);
        return null;
    }

    public static bool SaysItIsOurs(HttpRequest request) => request.Headers[AccessRoutes.RequestedWithHeader] is [AccessRoutes.RequestedWith];

    private static bool ChangesSomething(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Access;

/// <summary>A browser's session: the token in a cookie that no script reads and no other site sends.</summary>
internal sealed class SessionPart(AccessGate gate) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AccessRoutes.Session, (HttpContext context) => View(Caller.Of(context)!)).Needs(Role.Read);
        routes.MapPost(AccessRoutes.Session, SignInAsync).NeedsNoToken();
        routes.MapDelete(AccessRoutes.Session, SignOut).NeedsNoToken();
    }

    private async Task<IResult> SignInAsync(HttpContext context, SessionWish wish)
    {
        if (!AccessGate.SaysItIsOurs(context.Request)) return AccessRefusals.NotOurs();
        var (token, tooMany) = await gate.FindAsync(wish.Token ?? "", context.Connection.RemoteIpAddress, context.RequestAborted);
        if (tooMany is not null) return tooMany;
        if (token is null) return AccessRefusals.Unknown(context);
        context.Response.Cookies.Append(ShownToken.CookieOf(context), wish.Token!, Options(context));
        return View(new Caller(token.Name, token.Role));
    }

    private static IResult SignOut(HttpContext context)
    {
        if (!AccessGate.SaysItIsOurs(context.Request)) return AccessRefusals.NotOurs();
        context.Response.Cookies.Delete(ShownToken.CookieOf(context), Options(context));
        return TypedResults.NoContent();
    }

    private static IResult View(Caller caller) => TypedResults.Json(new SessionView(caller.Name, AccessToken.Word(caller.Role)), AccessJson.Default.SessionView);

    /// <summary>Without an age: it goes when the browser ends.</summary>
    private static CookieOptions Options(HttpContext context) => new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/" };
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace NetBootFabric.Node.Access;

/// <summary>The token that a call shows: as a bearer (RFC 6750 §2.1), or a browser's cookie.</summary>
/// <param name="Text">As it was sent: not checked in any way.</param>
internal readonly record struct ShownToken(string Text, bool IsCookie)
{
    private const string Scheme = "Bearer ";

    /// <summary>A browser has one for each port of a host: cookies don't tell ports apart.</summary>
    public static string CookieOf(HttpContext context) => $"netboot-fabric-{context.Connection.LocalPort}";

    /// <summary>Null: none is shown. What is no bearer token is an empty one: known to nobody.</summary>
    public static ShownToken? Of(HttpContext context)
    {
        var sent = context.Request.Headers.Authorization;
        if (sent is [{ } one]) return new ShownToken(one.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? one[Scheme.Length..].Trim() : "", IsCookie: false);
        if (sent.Count > 1) return new ShownToken("", IsCookie: false);
        return context.Request.Cookies[CookieOf(context)] is { Length: > 0 } cookie ? new ShownToken(cookie, IsCookie: true) : null;
    }

    /// <summary>Of the answer that asks for one (RFC 6750 §3).</summary>
    public static void Ask(HttpContext context) => context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"netboot-fabric\"";
}

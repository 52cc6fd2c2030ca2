namespace NetBootFabric.AdminApi.Access;

/// <summary>Who may call, and what there is to call.</summary>
public static class AccessRoutes
{
    /// <summary>GET: the tokens, without their secrets. POST a <see cref="TokenWish"/>: makes one; the answer, a <see cref="TokenMade"/>, is the only one that has its secret.</summary>
    public const string Tokens = "/api/v1/tokens";

    /// <summary>DELETE: the token named behind it is refused from now on.</summary>
    public const string Token = "/api/v1/tokens/";

    /// <summary>POST a <see cref="SessionWish"/>: a browser signs in and gets a cookie. GET: who is asking, a <see cref="SessionView"/>. DELETE: signs out.</summary>
    public const string Session = "/api/v1/session";

    /// <summary>The OpenAPI document of all calls.</summary>
    public const string OpenApi = "/api/v1/openapi.json";

    /// <summary>A call that changes something and comes by cookie has this header: another site's page can't send it.</summary>
    public const string RequestedWithHeader = "X-Requested-With";
    public const string RequestedWith = "pbm";

    /// <summary>Whoever has the token opens the page with it: <c>http://…/#token=…</c>. What is behind # stays in the browser.</summary>
    public const string PageToken = "/#token=";
}

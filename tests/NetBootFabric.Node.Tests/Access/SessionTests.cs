using System.Net;
using System.Net.Http.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Access;

/// <summary>A browser: it keeps cookies, and knows no other header than its page's.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly CookieContainer _cookies = new();
    private LiveAdmin _admin = null!;
    private HttpClient _browser = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        _browser = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = _admin.Address };
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _admin.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, bool fromThePage, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (fromThePage) request.Headers.Add(AccessRoutes.RequestedWithHeader, AccessRoutes.RequestedWith);
        if (token is not null) request.Content = JsonContent.Create(new SessionWish(token), AccessJson.Default.SessionWish);
        return await _browser.SendAsync(request);
    }

    [Fact]
    public async Task A_signed_in_browser_sees_and_its_page_may_change()
    {
        using var signedIn = await SendAsync(HttpMethod.Post, AccessRoutes.Session, fromThePage: true, _admin.Token);

        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("admin", (await _browser.GetFromJsonAsync(AccessRoutes.Session, AccessJson.Default.SessionView))!.Role);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, AdminRoutes.Reload, fromThePage: true)).StatusCode);
    }

    [Fact]
    public async Task Another_sites_form_changes_nothing()
    {
        await SendAsync(HttpMethod.Post, AccessRoutes.Session, fromThePage: true, _admin.Token);

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, AdminRoutes.Reload, fromThePage: false)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Delete, AccessRoutes.Session, fromThePage: false)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, AccessRoutes.Session, fromThePage: false, _admin.Token)).StatusCode);
    }

    [Fact]
    public async Task A_browser_that_signed_out_sees_nothing()
    {
        await SendAsync(HttpMethod.Post, AccessRoutes.Session, fromThePage: true, _admin.Token);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, AccessRoutes.Session, fromThePage: true)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.GetAsync(AdminRoutes.Status)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_token_gets_no_cookie()
    {
        using var refused = await SendAsync(HttpMethod.Post, AccessRoutes.Session, fromThePage: true, "nbf_wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(0, _cookies.Count);
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_to_run_nothing_that_is_not_ours()
    {
        using var answer = await _browser.GetAsync(AdminRoutes.Status);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }
}

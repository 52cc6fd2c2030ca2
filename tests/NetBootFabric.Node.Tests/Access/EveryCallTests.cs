using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Admin.OpenApi;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Access;

public sealed class EveryCallTests : IAsyncLifetime
{
    private LiveAdmin _admin = null!;

    public async Task InitializeAsync() => _admin = await LiveAdmin.StartAsync();

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public void No_call_is_open_but_the_page_and_its_sign_in()
    {
        var open = _admin.Calls.OfType<RouteEndpoint>().Where(NeededRole.IsOpen).Select(call => call.RoutePattern.RawText!).Where(path => path.StartsWith("/api/", StringComparison.Ordinal)).Distinct();
        Assert.Equal([AccessRoutes.Session], open);
    }

    [Fact]
    public void Every_call_says_the_role_that_it_needs()
    {
        var silent = _admin.Calls.OfType<RouteEndpoint>().Where(call => !NeededRole.IsOpen(call) && call.Metadata.GetMetadata<NeededRole>() is null);
        Assert.Empty(silent.Select(call => call.RoutePattern.RawText));
    }

    [Fact]
    public async Task Every_call_is_refused_without_a_token_and_with_too_small_a_role()
    {
        var reader = await _admin.Tokens.MakeAsync("reader", Role.Read, default);
        using var http = new HttpClient { BaseAddress = _admin.Address };
        foreach (var (call, method) in OpenApiDocument.Calls(_admin.Calls).Where(each => !NeededRole.IsOpen(each.Call)))
        {
            var path = OpenApiDocument.PathOf(call).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await StatusAsync(http, method, path, null)));
            if (NeededRole.Of(call) > Role.Read) Assert.Equal((path, HttpStatusCode.Forbidden), (path, await StatusAsync(http, method, path, reader)));
        }
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/favicon.none")]
    [InlineData("/api/v1/../../etc/passwd")]
    public async Task What_is_not_there_is_told_to_those_with_a_token_only(string path)
    {
        using var http = new HttpClient { BaseAddress = _admin.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, "GET", path, null));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }
}

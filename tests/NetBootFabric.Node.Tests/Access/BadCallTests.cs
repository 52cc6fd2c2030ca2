using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Access;

public sealed class BadCallTests : IAsyncLifetime
{
    private LiveAdmin _admin = null!;

    public async Task InitializeAsync() => _admin = await LiveAdmin.StartAsync();

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    /// <param name="header">{token}: a right one.</param>
    [Theory]
    [InlineData("Authorization: Bearer {token}", 200)]
    [InlineData("Authorization: bearer {token}", 200)]
    [InlineData("Authorization: ", 401)]
    [InlineData("Authorization: Bearer", 401)]
    [InlineData("Authorization: Bearer ", 401)]
    [InlineData("Authorization: Bearer {token}x", 401)]
    [InlineData("Authorization: Bearer x{token}", 401)]
    [InlineData("Authorization: {token}", 401)]
    [InlineData("Authorization: Basic {token}", 401)]
    [InlineData("Authorization: Bearer nbf_", 401)]
    [InlineData("Authorization: Bearer {token}, Bearer {token}", 401)]
    [InlineData("Authorization: Bearer {token}\r\nAuthorization: Bearer {token}", 401)]
    [InlineData("Authorization: Bearer nbf_ÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿ", 400)]
    [InlineData("Authorization: Bearer {token}\0", 400)]
    [InlineData("Authorization: Bearer x\n Bearer {token}", 400)]
    [InlineData("Authorization: Bearer x\rAuthorization: Bearer {token}", 400)]
    [InlineData("Authorization : Bearer {token}", 400)]
    public async Task A_token_counts_only_as_it_is_meant_to_be_shown(string header, int status)
    {
        var call = $"GET {AdminRoutes.Status} HTTP/1.1\r\nHost: head1\r\n{header.Replace("{token}", _admin.Token, StringComparison.Ordinal)}\r\n\r\n";
        Assert.Equal(status, await RawCall.StatusAsync(_admin.Address, call));
    }

    [Fact]
    public async Task A_truncated_token_is_refused()
    {
        using var http = _admin.Client(_admin.Token[..^1]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(AdminRoutes.Status)).StatusCode);
    }

    [Theory]
    [InlineData(8_000, 401)]
    [InlineData(100_000, 431)]
    public async Task An_oversized_token_is_refused(int length, int status)
    {
        var call = $"GET {AdminRoutes.Status} HTTP/1.1\r\nHost: head1\r\nAuthorization: Bearer {new string('a', length)}\r\n\r\n";
        Assert.Equal(status, await RawCall.StatusAsync(_admin.Address, call));
    }

    [Theory]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": { "name": 1 } }""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("""{ "role": "read" }""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": "a", "role": "read" }""", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("name=a&role=read", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("x", "application/x-unheard-of", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_malformed_body_is_refused_with_a_sentence(string body, string type, HttpStatusCode status)
    {
        using var http = _admin.Client();
        using var answer = await http.PostAsync(AccessRoutes.Tokens, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)));

        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync(AdminJson.Default.ApiError))!.Error);
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_refused_unread()
    {
        var call = $"POST {AccessRoutes.Tokens} HTTP/1.1\r\nHost: head1\r\nAuthorization: Bearer {_admin.Token}\r\nContent-Type: application/json\r\nContent-Length: {AdminLimits.Body + 1}\r\n\r\n";
        Assert.Equal(413, await RawCall.StatusAsync(_admin.Address, call));
    }

    [Fact]
    public async Task A_body_of_a_stranger_is_not_read()
    {
        var call = $"POST {AccessRoutes.Tokens} HTTP/1.1\r\nHost: head1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n";
        Assert.Equal(401, await RawCall.StatusAsync(_admin.Address, call));
    }
}

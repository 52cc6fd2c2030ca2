using System.Net;
using System.Net.Http.Json;
using System.Text;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Access;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Access;

public sealed class TokenTests : IAsyncLifetime
{
    private LiveAdmin _admin = null!;
    private HttpClient _root = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        _root = _admin.Client();
    }

    public async Task DisposeAsync()
    {
        _root.Dispose();
        await _admin.DisposeAsync();
    }

    private async Task<string> MakeAsync(string name, string role)
    {
        using var answer = await _root.PostAsJsonAsync(AccessRoutes.Tokens, new TokenWish(name, role), AccessJson.Default.TokenWish);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(AccessJson.Default.TokenMade))!.Token;
    }

    [Theory]
    [InlineData("read", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("operate", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task A_role_allows_what_it_says(string role, HttpStatusCode look, HttpStatusCode change, HttpStatusCode administer)
    {
        using var http = _admin.Client(await MakeAsync("somebody", role));

        Assert.Equal(look, (await http.GetAsync(AdminRoutes.Status)).StatusCode);
        Assert.Equal(change, (await http.PatchAsync("/api/v1/nodes?select=n001&dryRun=true", new StringContent("""{ "profile": "default" }""", Encoding.UTF8, "application/json"))).StatusCode);
        Assert.Equal(administer, (await http.PostAsync(AdminRoutes.Reload, null)).StatusCode);
    }

    [Fact]
    public async Task Only_the_hash_of_a_token_is_kept()
    {
        var secret = await MakeAsync("web", "read");
        var row = _admin.Catalog.Current.Tokens["web"].Body!;

        Assert.DoesNotContain(secret, row, StringComparison.Ordinal);
        Assert.Contains(TokenSecret.HashOf(secret)!, row, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await _root.GetStringAsync(AccessRoutes.Tokens), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_token_is_refused_and_what_runs_by_it_ends()
    {
        using var http = _admin.Client(await MakeAsync("screen", "read"));
        await using var stream = await http.GetStreamAsync(AdminRoutes.Watch + "?all=true");
        Assert.NotEqual(0, await stream.ReadAsync(new byte[16]));

        Assert.Equal(HttpStatusCode.OK, (await _root.DeleteAsync(AccessRoutes.Token + "screen")).StatusCode);

        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(Stream.Null).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(AdminRoutes.Status)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _root.DeleteAsync(AccessRoutes.Token + "screen")).StatusCode);
    }

    [Theory]
    [InlineData("", "read", HttpStatusCode.BadRequest)]
    [InlineData("two words", "read", HttpStatusCode.BadRequest)]
    [InlineData("<b>", "read", HttpStatusCode.BadRequest)]
    [InlineData("root", "admin", HttpStatusCode.BadRequest)]
    [InlineData("web", "owner", HttpStatusCode.BadRequest)]
    [InlineData("there", "read", HttpStatusCode.Conflict)]
    public async Task A_token_that_cannot_be_is_refused(string name, string role, HttpStatusCode status)
    {
        await MakeAsync("there", "read");
        using var answer = await _root.PostAsJsonAsync(AccessRoutes.Tokens, new TokenWish(name, role), AccessJson.Default.TokenWish);
        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync(AdminJson.Default.ApiError))!.Error);
    }

    [Fact]
    public async Task A_token_made_at_another_head_node_works_at_once()
    {
        using var other = _admin.AnotherHead();
        await other.LoadAsync(default);
        var secret = await new TokenKeeper(other, TimeProvider.System).MakeAsync("new", Role.Read, default);

        using var http = _admin.Client(secret);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(AdminRoutes.Status)).StatusCode);
    }

    [Fact]
    public async Task Wrong_tokens_are_slowed_down_and_right_ones_are_not()
    {
        using var guesser = _admin.Client(TokenSecret.New());
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < WrongTokens.AtOnce * 3; i++) answers.Add((await guesser.GetAsync(AdminRoutes.Status)).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.OK, (await _root.GetAsync(AdminRoutes.Status)).StatusCode);
    }

    [Fact]
    public void The_file_for_root_is_read_by_its_owner_alone_and_goes_with_the_process()
    {
        var folder = Directory.CreateTempSubdirectory("netboot-token");
        var local = new LocalToken(TimeProvider.System);
        var file = local.Leave(folder.FullName, 9110);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(local.Token.Hash, TokenSecret.HashOf(File.ReadAllText(file).Trim()));

        using var successor = new LocalToken(TimeProvider.System);
        successor.Leave(folder.FullName, 9110);
        local.Dispose();
        Assert.Equal(successor.Token.Hash, TokenSecret.HashOf(File.ReadAllText(file).Trim()));
        successor.Dispose();
        Assert.Empty(folder.GetFiles());
        folder.Delete();
    }
}

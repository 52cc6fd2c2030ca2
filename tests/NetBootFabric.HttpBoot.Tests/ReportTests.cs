using System.Net;

namespace NetBootFabric.HttpBoot.Tests;

public sealed class ReportTests
{
    [Theory]
    [InlineData("GET", "up", null, true, null)]
    [InlineData("POST", "up", "", true, null)]
    [InlineData("GET", "failed", null, false, null)]
    [InlineData("GET", "failed?cause=no+root%20disk", null, false, "no root disk")]
    [InlineData("GET", "failed?x=1&cause=a", null, false, "a")]
    [InlineData("POST", "failed", "mount: no such device\n", false, "mount: no such device")]
    [InlineData("POST", "failed", "\u001b[2Jred", false, "?[2Jred")]
    public async Task A_system_reports(string method, string word, string? body, bool booted, string? detail)
    {
        await using var server = await BootServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"boot/{BootServer.Mac}/{word}");
        if (body is not null) request.Content = new StringContent(body);
        using var response = await server.Client.SendAsync(request);
        Assert.Equal("ok\n", await response.Content.ReadAsStringAsync());
        var report = Assert.Single(server.Reports);
        Assert.Equal((BootServer.Mac, booted, detail), (report.Client.ToString(), report.Booted, report.Detail));
        Assert.Equal("127.0.0.1", report.Peer.ToString());
    }

    [Fact]
    public async Task A_long_story_is_cut()
    {
        await using var server = await BootServer.StartAsync();
        using var response = await server.Client.PostAsync($"boot/{BootServer.Mac}/failed", new StringContent(new string('x', 50_000)));
        Assert.Equal(512, Assert.Single(server.Reports).Detail!.Length);
    }

    [Fact]
    public async Task A_story_that_is_no_story_is_refused()
    {
        await using var server = await BootServer.StartAsync();
        using var response = await server.Client.PostAsync($"boot/{BootServer.Mac}/failed", new StringContent(new string('x', 100_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(server.Reports);
    }

    [Theory]
    [InlineData("HEAD", "boot/52:54:00:77:00:01/up", "GET, POST")]
    [InlineData("POST", "vmlinuz", "GET, HEAD")]
    [InlineData("PUT", "vmlinuz", "GET, HEAD")]
    [InlineData("DELETE", "boot/52:54:00:77:00:01/up", "GET, HEAD")]
    public async Task Other_methods_are_not_allowed(string method, string path, string allowed)
    {
        await using var server = await BootServer.StartAsync();
        using var response = await server.SendAsync(new HttpMethod(method), path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed.Split(", "), response.Content.Headers.Allow);
        Assert.Empty(server.Reports);
    }
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetBootFabric.AdminApi;
using NetBootFabric.Node.Health;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Testing.Virtual;

namespace NetBootFabric.Node.Tests.Health;

public sealed class HealthTests : IAsyncLifetime
{
    private LiveAdmin _admin = null!;
    private HttpClient _stranger = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        _stranger = new HttpClient { BaseAddress = _admin.Address };
    }

    public async Task DisposeAsync()
    {
        _stranger.Dispose();
        await _admin.DisposeAsync();
    }

    [Fact]
    public async Task Who_has_no_token_hears_that_all_is_well()
    {
        _admin.Health.Set("store", HealthStatus.Healthy, null, HealthRounds.Ready);
        var (status, view) = await AskAsync(AdminRoutes.Ready);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("healthy", view.Status);
        Assert.Equal(new HealthCheckView("store", "healthy", null), Assert.Single(view.Checks));
    }

    [Fact]
    public async Task A_node_that_serves_known_clients_only_is_ready_and_says_so()
    {
        _admin.Health.Set("store", HealthStatus.Degraded, "known clients boot", HealthRounds.Ready);
        var (status, view) = await AskAsync(AdminRoutes.Ready);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("degraded", view.Status);
        Assert.Equal("known clients boot", Assert.Single(view.Checks).Says);
    }

    [Fact]
    public async Task A_node_that_drains_is_alive_and_not_ready()
    {
        _admin.Health.Set("serving", HealthStatus.Unhealthy, "drains", HealthRounds.Ready);
        _admin.Health.Set("actors", HealthStatus.Healthy, null, HealthRounds.Live, HealthRounds.Ready);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(AdminRoutes.Ready)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(AdminRoutes.Live)).Status);
    }

    [Fact]
    public async Task What_an_exception_says_is_not_for_strangers()
    {
        _admin.Health.Fail("actors", new InvalidOperationException("Host=db;Password=secret"));
        var answer = await _stranger.GetAsync(AdminRoutes.Live);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_without_end_has_the_checks_run_once_a_second()
    {
        var time = new VirtualTimeProvider();
        var rounds = new HealthRounds(_admin.Health, time);
        for (var i = 0; i < 100; i++) await rounds.ReadyAsync();
        Assert.Equal(1, _admin.Health.Asked);
        Assert.False(time.Step(TimeSpan.FromSeconds(2)));
        await rounds.ReadyAsync();
        Assert.Equal(2, _admin.Health.Asked);
    }

    private async Task<(HttpStatusCode Status, HealthView View)> AskAsync(string path)
    {
        var answer = await _stranger.GetAsync(path);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync(AdminJson.Default.HealthView))!);
    }
}

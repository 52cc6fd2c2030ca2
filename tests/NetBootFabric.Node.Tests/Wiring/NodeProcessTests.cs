using System.Net;
using System.Net.Http.Json;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Tests.Wiring;

/// <summary>The life of the process, as a service manager sees it.</summary>
public sealed class NodeProcessTests : IDisposable
{
    private const string ReadyLine = "netbootd[101]";
    private readonly NodeProcess _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task A_lone_head_node_gets_ready_serves_and_ends_at_SIGTERM_telling_systemd_all_along()
    {
        _node.Start();
        await _node.AwaitLineAsync(ReadyLine);
        using var stranger = _node.Stranger();
        var ready = await stranger.GetAsync(AdminRoutes.Ready);
        var view = (await ready.Content.ReadFromJsonAsync(AdminJson.Default.HealthView))!;
        Assert.Equal((HttpStatusCode.OK, "healthy"), (ready.StatusCode, view.Status));
        Assert.Equal(["actors", "cluster", "listeners", "serving", "store"], view.Checks.Select(check => check.Name));
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(AdminRoutes.Live)).StatusCode);
        Assert.Equal([80, 9110], _node.ListeningPorts());

        var notices = await NoticesAsync(until: "READY=1");
        Assert.Contains("STATUS=serves eth1 (10.77.0.1)", notices, StringComparison.Ordinal);
        await NoticesAsync(until: "WATCHDOG=1");
        _node.Signal("TERM");
        await NoticesAsync(until: "STOPPING=1");
        await _node.AwaitLineAsync("netbootd[102]");
        await _node.AwaitLineAsync("netbootd[103]");
        Assert.Equal(0, await _node.EndAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_the_exit_code_is_2()
    {
        using var other = _node.Take(80);
        _node.Start();
        Assert.Contains("can't start", await _node.AwaitLineAsync("netbootd[104]"), StringComparison.Ordinal);
        Assert.Equal(2, await _node.EndAsync());
        Assert.DoesNotContain(_node.Log, line => line.Contains("Microsoft", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_of_the_actors_that_are_not_there_keep_it_from_starting_and_are_named()
    {
        _node.Start($"akka: {{ hocon: {_node.Folder}/no.conf }}");
        Assert.Equal(1, await _node.EndAsync());
    }

    private async Task<string> NoticesAsync(string until)
    {
        while (await _node.AwaitNoticeAsync() is var notice)
            if (notice.Contains(until, StringComparison.Ordinal)) return notice;
        return "";
    }
}

using System.Text.Json;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Pbm.Commands;
using NetBootFabric.Wire;
using Spectre.Console;

namespace NetBootFabric.Pbm.Tests;

/// <summary>pbm storm against the real admin API, with a board of clients that boot at once.</summary>
[Collection("console")]
public sealed class StormCommandTests : IAsyncLifetime
{
    private readonly TextWriter _out = Console.Out;
    private readonly StringWriter _said = new();
    private readonly DateTimeOffset _began = DateTimeOffset.UtcNow.AddSeconds(-20);
    private LiveAdmin _admin = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        Console.SetOut(_said);
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_said) });
        AnsiConsole.Profile.Width = 120;
    }

    public async Task DisposeAsync()
    {
        Console.SetOut(_out);
        await _admin.DisposeAsync();
    }

    private void Post(int clients, BootPhase phase, int first = 0)
    {
        for (var i = first; i < first + clients; i++)
            _admin.Board.Post(new ClientState { Mac = MacAddress.Parse($"52:54:00:88:00:{i:x2}"), Current = Boot(phase) }, entered: true);
    }

    private BootRecord Boot(BootPhase phase) => new()
    {
        Number = 1,
        Phase = phase,
        Boots = true,
        Phases = [new(BootPhase.Discovering, _began), new(BootPhase.Kernel, _began.AddSeconds(2)), new(phase, _began.AddSeconds(15))],
        Failure = phase == BootPhase.Failed ? new BootFailure(BootStep.Http, FailureCause.NotFound, "initrd.img") : null,
    };

    private Task<int> RunAsync(params string[] arguments) => Root.Build().Parse(["storm", .. arguments, "--server", _admin.Server]).InvokeAsync();

    [Fact]
    public async Task Without_a_storm_it_says_so_and_ends()
    {
        Assert.Equal(0, await RunAsync());
        Assert.Contains("No storm", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_each_uplink_carries_and_who_waits_for_it_is_shown_while_the_storm_runs()
    {
        Post(10, BootPhase.Kernel);
        _admin.Board.Post(new ClientState { Mac = MacAddress.Parse("52:54:00:88:01:00"), Current = Boot(BootPhase.Script) with { AwaitsTurn = true } }, entered: true);
        Assert.Equal(0, await RunAsync("--once"));
        Assert.Contains("1 wait for their turn", _said.ToString(), StringComparison.Ordinal);
        Assert.Contains("uplink of head1: 11.0 MiB/s, 88.0 MiB to go in 8.0 s, 40 downloads, 12 wait for room, 400 clients told their place", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_shows_the_running_storm_by_phase_and_what_failed()
    {
        Post(30, BootPhase.Kernel);
        Post(12, BootPhase.Booted, 100);
        Post(3, BootPhase.Failed, 200);

        Assert.Equal(0, await RunAsync("--once"));
        foreach (var word in new[] { "Storm running", "45 clients, 12 booted, 30 booting, 3 failed", "boots/s", "TIME LINE", "Http", "NotFound 3" }) Assert.Contains(word, _said.ToString(), StringComparison.Ordinal);
        Assert.All(_said.ToString().Split('\n'), line => Assert.True(line.TrimEnd().Length <= 240, line));
    }

    [Fact]
    public async Task It_shows_the_storm_until_it_ends()
    {
        Post(30, BootPhase.Kernel);
        var running = RunAsync("--json");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!_said.ToString().Contains("running", StringComparison.Ordinal)) await Task.Delay(20, limit.Token);
        Post(30, BootPhase.Booted);

        Assert.Equal(0, await running);
        var lines = _said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize(line, StormJson.Default.StormView)!).ToList();
        Assert.Equal(("running", "ended", 30), (lines[0].State, lines[^1].State, lines[^1].Booted));
    }
}

using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Doctor;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Pbm.Commands;
using NetBootFabric.Wire;
using Spectre.Console;

namespace NetBootFabric.Pbm.Tests;

/// <summary>Each command against the real admin API. The console is the process's own: one test at a time.</summary>
[Collection("console")]
public sealed class CommandTests : IAsyncLifetime
{
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _said = new();
    private LiveAdmin _admin = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        Console.SetOut(_said);
        Console.SetError(_said);
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_said) });
        AnsiConsole.Profile.Width = 200;
    }

    public async Task DisposeAsync()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        await _admin.DisposeAsync();
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var code = await Root.Build().Parse([.. arguments, "--server", _admin.Server]).InvokeAsync();
        return (code, _said.ToString());
    }

    [Fact]
    public async Task Status_shows_node_pools_phases_and_warnings()
    {
        var (code, said) = await RunAsync("status");

        Assert.Equal(0, code);
        foreach (var word in new[] { "head1", "10.77.0.0/16", "256", "Failed", "look here" }) Assert.Contains(word, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_is_a_table_of_all()
    {
        var (code, said) = await RunAsync("clients");

        Assert.Equal(0, code);
        Assert.Contains("n001", said, StringComparison.Ordinal);
        Assert.Contains("Http: initrd.img", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_can_be_filtered_by_phase()
    {
        var (_, said) = await RunAsync("clients", "--phase", "Failed");
        Assert.DoesNotContain("n001", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_shows_phases_with_times_exchanges_downloads_and_history()
    {
        var (code, said) = await RunAsync("client", "52:54:00:77:00:02");

        Assert.Equal(0, code);
        foreach (var word in new[] { "1.5 s", "1 DHCP exchange", "vmlinuz", "8.0 MiB", "Failed at Http: NotFound", "To do: ", "Earlier boots" }) Assert.Contains(word, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_what_the_API_says()
    {
        var (_, said) = await RunAsync("client", "n001", "--json");
        Assert.Equal("Booted", JsonSerializer.Deserialize(said, AdminJson.Default.ClientDetail)!.Current!.Phase);
    }

    [Fact]
    public async Task An_unknown_client_is_refused_with_advice()
    {
        var (code, said) = await RunAsync("client", "nobody");

        Assert.Equal(1, code);
        Assert.Contains("pbm clients lists all", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packets_shows_what_came_and_what_was_decided()
    {
        _admin.Recorder.Packet(LiveAdmin.Booted, new FlightPacket(FlightProtocol.Tftp, false, Ipv4Address.Parse("10.77.1.7"), 2070, Ipv4Address.Parse("10.77.0.1"), 69), [0, 1, .. "pxelinux.0\0octet\0"u8]);
        _admin.Recorder.Note(LiveAdmin.Booted, FlightProtocol.Boot, "loader [Pxelinux]");
        var (code, said) = await RunAsync("packets", "n001");

        Assert.Equal(0, code);
        Assert.Matches("<- +tftp +10.77.1.7:2070 > 10.77.0.1:69  RRQ \"pxelinux.0\" octet", said);
        Assert.Matches("boot +loader \\[Pxelinux\\]", said);
    }

    [Fact]
    public async Task Packets_writes_a_capture()
    {
        var file = Path.GetTempFileName();
        var (code, _) = await RunAsync("packets", "n001", "--pcap", file);
        Assert.Equal(0, code);
        Assert.Equal([0xD4, 0xC3, 0xB2, 0xA1], (await File.ReadAllBytesAsync(file))[..4]);
        File.Delete(file);

        var (refused, said) = await RunAsync("packets", "n001", "--pcap", "/nowhere/at/all.pcap");
        Assert.Equal(1, refused);
        Assert.Contains("can't write /nowhere/at/all.pcap", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_fails_while_something_is_broken_and_says_what_to_do()
    {
        var (code, said) = await RunAsync("doctor");
        Assert.Equal(1, code);
        Assert.Matches("broken +profiles +vmlinuz of profile default: is not there", said);
        Assert.Contains("-> put it under", said, StringComparison.Ordinal);
        Assert.Contains("1 broken, 0 advice, 0 ok", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_succeeds_when_all_is_well()
    {
        File.WriteAllText(Path.Combine(_admin.Files, "vmlinuz"), "a kernel");
        var (code, said) = await RunAsync("doctor", "--json");
        Assert.Equal(0, code);
        Assert.Equal("ok", Assert.Single(JsonSerializer.Deserialize(said, DoctorJson.Default.DoctorView)!.Heads[0].Findings).State);
    }

    [Fact]
    public async Task Watch_prints_a_line_for_each_phase_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var running = Root.Build().Parse(["watch", "--all", "--server", _admin.Server]).InvokeAsync(cancellationToken: stop.Token);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!_said.ToString().Contains("n001", StringComparison.Ordinal)) await Task.Delay(20, limit.Token);
        _admin.Board.Post(LiveAdmin.Boot(LiveAdmin.Unseen, BootPhase.Kernel), entered: true);
        while (!_said.ToString().Contains("n003", StringComparison.Ordinal)) await Task.Delay(20, limit.Token);
        await stop.CancelAsync();

        Assert.Equal(130, await running);
        Assert.Matches("n003 .*Kernel", _said.ToString());
    }

    [Fact]
    public async Task Reload_says_what_is_wrong_and_fails()
    {
        _admin.Reload = new ReloadResult(false, ["single.yaml:3:1: unknown key 'nod'; write 'node'"], []);
        var (code, said) = await RunAsync("reload");

        Assert.Equal(1, code);
        Assert.Contains("single.yaml:3:1", said, StringComparison.Ordinal);
        Assert.Contains("stays in force", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_head_node_it_says_where_it_looked()
    {
        var server = _admin.Server;
        await _admin.DisposeAsync();
        var code = await Root.Build().Parse(["status", "--server", server]).InvokeAsync();

        Assert.Equal(2, code);
        Assert.Contains($"no head node answers at {server}", _said.ToString(), StringComparison.Ordinal);
        _admin = await LiveAdmin.StartAsync();
    }
}

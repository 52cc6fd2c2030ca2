using System.Text.Json;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Pbm.Commands;
using Spectre.Console;

namespace NetBootFabric.Pbm.Tests;

/// <summary>Commands about nodes, groups and profiles, against the real admin API over a real store.</summary>
[Collection("console")]
public sealed class CatalogCommandTests : IAsyncLifetime
{
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-pbm");
    private StringWriter _said = new();
    private LiveAdmin _admin = null!;

    public async Task InitializeAsync() => _admin = await LiveAdmin.StartAsync();

    public async Task DisposeAsync()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        await _admin.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>What one command says, and nothing before it.</summary>
    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        _said = new StringWriter();
        Console.SetOut(_said);
        Console.SetError(_said);
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_said) });
        AnsiConsole.Profile.Width = 200;
        var code = await Root.Parse([.. arguments, "--server", _admin.Server]).InvokeAsync();
        return (code, _said.ToString());
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, said) = await RunAsync(arguments);
        Assert.True(code == 0, said);
        return said;
    }

    private string FileOf(string text)
    {
        var path = Path.Combine(_folder.FullName, "room.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public async Task Nodes_are_added_listed_shown_changed_and_removed()
    {
        Assert.Contains("+ node n007 (52:54:00:77:00:07)", await DoneAsync("node", "add", "52:54:00:77:00:07", "name=n007", "ip=10.77.0.17", "vars.rack=r1"), StringComparison.Ordinal);
        Assert.Matches("n007 +52:54:00:77:00:07 +10.77.0.17 +- +default +always +- +r1", await DoneAsync("node", "list", "rack=r1"));
        Assert.Contains("intent: - → hold", await DoneAsync("node", "set", "n[007-007]", "intent=hold", "vars.rack="), StringComparison.Ordinal);
        var shown = await DoneAsync("node", "show", "n007");
        Assert.Contains("hold", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("rack", shown, StringComparison.Ordinal);
        Assert.Contains("- node n007", await DoneAsync("node", "rm", "n007"), StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("node", "show", "n007")).Code);
    }

    [Fact]
    public async Task A_node_that_is_there_is_not_added_again()
    {
        var (code, said) = await RunAsync("node", "add", "52:54:00:77:00:01", "name=other");
        Assert.Equal(1, code);
        Assert.Contains("is there already", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_revision_is_refused()
    {
        await DoneAsync("node", "set", "n001", "vars.a=1");
        var (code, said) = await RunAsync("node", "set", "n001", "vars.a=2", "--if-revision", "1");
        Assert.Equal(1, code);
        Assert.Contains("at revision 2, not 1", said, StringComparison.Ordinal);
        await DoneAsync("node", "set", "n001", "vars.a=2", "--if-revision", "2");
    }

    [Fact]
    public async Task Every_mistake_is_told()
    {
        var (code, said) = await RunAsync("node", "set", "all", "profile=none", "intent=never");
        Assert.Equal(1, code);
        foreach (var word in new[] { "4 mistakes, nothing was changed", "node n003", "there is no profile 'none'", "'never' is no value of 'intent'" }) Assert.Contains(word, said, StringComparison.Ordinal);
        Assert.Contains("is no setting", (await RunAsync("node", "set", "all", "profile")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_are_added_listed_shown_changed_and_removed()
    {
        await DoneAsync("group", "add", "rack1", "intent=once", "vars.rack=r1");
        await DoneAsync("node", "set", "all", "group=rack1");
        Assert.Matches("rack1 +- +- +once +2 +rack=r1", await DoneAsync("group", "list"));
        Assert.Contains("vars.console", await DoneAsync("group", "set", "rack1", "vars.console=ttyS1", "profile=default"), StringComparison.Ordinal);
        Assert.Contains("ttyS1", await DoneAsync("group", "show", "rack1"), StringComparison.Ordinal);
        Assert.Contains("armed again", await DoneAsync("group", "set", "rack1", "intent=once"), StringComparison.Ordinal);
        Assert.Contains("give them another one first", (await RunAsync("group", "rm", "rack1")).Said, StringComparison.Ordinal);
        await DoneAsync("node", "set", "@rack1", "group=");
        Assert.Contains("- group rack1", await DoneAsync("group", "rm", "rack1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_are_added_listed_shown_changed_and_removed()
    {
        var script = FileOf("#!ipxe\nshell\n");
        await DoneAsync("profile", "add", "rescue", "kernel=rescue/vmlinuz", "initrd=a.img,b.img", "cmdline=console=ttyS0 rescue", "--template", $"boot.ipxe={script}");
        Assert.Matches("rescue +rescue/vmlinuz +a.img b.img +auto +http +0 +boot.ipxe +console=ttyS0 rescue", await DoneAsync("profile", "list"));
        Assert.Contains("#!ipxe", await DoneAsync("profile", "show", "rescue"), StringComparison.Ordinal);
        Assert.Contains("loader: auto → uki", await DoneAsync("profile", "set", "rescue", "loader=uki", "--template", "boot.ipxe="), StringComparison.Ordinal);
        Assert.Contains("- profile rescue", await DoneAsync("profile", "rm", "rescue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boot_once_sets_the_profile_of_the_next_boot()
    {
        await DoneAsync("profile", "add", "rescue", "kernel=rescue/vmlinuz");
        Assert.Contains("next: - → rescue", await DoneAsync("boot", "n001", "--once", "rescue"), StringComparison.Ordinal);
        Assert.Contains("armed again", await DoneAsync("boot", "n001", "--once", "rescue"), StringComparison.Ordinal);
        Assert.Contains("rescue → -", await DoneAsync("boot", "n001", "--once", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_shows_the_difference_and_export_is_taken_back()
    {
        var file = FileOf("groups: { rack1: { vars: { rack: r1 } } }\nnodes: [{ mac: 525400770001, name: n001, group: rack1 }]\n");
        var dry = await DoneAsync("apply", file, "--dry-run");
        foreach (var word in new[] { "+ group rack1", "~ node n001", "group: - → rack1", "2 entries would change", "Nothing was changed" }) Assert.Contains(word, dry, StringComparison.Ordinal);
        Assert.Contains("2 entries changed, 0 as before; revision 2.", await DoneAsync("apply", file), StringComparison.Ordinal);

        var exported = FileOf(await DoneAsync("export"));
        Assert.Contains("Nothing to change: 4 entries as before; revision 2.", await DoneAsync("apply", exported, "--prune"), StringComparison.Ordinal);
        Assert.Contains("1:1: ", (await RunAsync("apply", FileOf("nodse: []"))).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leases_are_a_table()
    {
        Assert.Contains("No address was given yet", await DoneAsync("leases"), StringComparison.Ordinal);
        var settled = new TaskCompletionSource<Boot.Leases.LeaseCommit>();
        _admin.Leases.Commit(new() { Client = LiveAdmin.Booted, Address = Wire.Ipv4Address.Parse("10.77.1.7"), ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1) }, 0, settled.SetResult);
        await settled.Task;
        Assert.Matches("10.77.1.7 +52:54:00:77:00:01 +n001", await DoneAsync("leases", "--running"));
    }

    [Fact]
    public async Task Clients_are_filtered_by_group_rack_and_age()
    {
        await DoneAsync("node", "set", "n001", "vars.rack=r1");
        Assert.Contains("n001", await DoneAsync("clients", "--rack", "r1", "--older-than", "1h", "--sort", "age"), StringComparison.Ordinal);
        Assert.DoesNotContain("n001", await DoneAsync("clients", "--rack", "r2"), StringComparison.Ordinal);
        Assert.DoesNotContain("n001", await DoneAsync("clients", "--group", "rack1"), StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("clients", "--sort", "colour")).Code);
    }

    [Fact]
    public async Task Json_is_what_the_API_says()
    {
        var nodes = JsonSerializer.Deserialize(await DoneAsync("node", "list", "--json"), CatalogJson.Default.IReadOnlyListNodeView)!;
        Assert.Equal(["n001", "n003"], nodes.Select(node => node.Spec.Name));
    }
}

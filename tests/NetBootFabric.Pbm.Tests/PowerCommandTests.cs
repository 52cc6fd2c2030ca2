using System.Collections.Frozen;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Power.Tests.Redfish;

namespace NetBootFabric.Pbm.Tests;

/// <summary>pbm power against the real admin API and a Redfish service.</summary>
[Collection("console")]
public sealed class PowerCommandTests : LiveCommands
{
    private readonly string _password = Path.GetTempFileName();
    private RedfishService _bmc = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _bmc = await RedfishService.StartAsync();
        await File.WriteAllTextAsync(_password, "sesame-open-word\n");
        Admin.Power.Use(new PowerOptions(new Dictionary<string, PowerCredentials> { ["default"] = new("operator", _password, [], false, null) }.ToFrozenDictionary()));
        await Admin.Catalog.ApplyAsync(new CatalogDocument { Nodes = [new NodeSpec { Mac = "52:54:00:77:00:01", Name = "n001", Bmc = new BmcSpec(_bmc.Address, "redfish", null) }] }, dryRun: false);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _bmc.DisposeAsync();
        File.Delete(_password);
    }

    [Fact]
    public async Task Power_switches_on_off_and_cycles_and_says_so()
    {
        Assert.Equal(0, (await RunAsync("power", "on", "n001", "--pxe")).Code);
        Assert.Equal(0, (await RunAsync("power", "cycle", "n001", "--stagger", "1ms", "--at-once", "4")).Code);
        Assert.Equal(0, (await RunAsync("power", "off", "n001", "--soft")).Code);
        var (code, said) = await RunAsync("power", "status", "n001");

        Assert.Equal(0, code);
        Assert.Equal(["On", "PowerCycle", "GracefulShutdown"], _bmc.Machine.Resets);
        foreach (var words in new[] { "switched on", "switched off and on", "shut down", "1 machine answered" }) Assert.Contains(words, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Power_fails_when_any_machine_failed_and_names_it()
    {
        var (code, said) = await RunAsync("power", "on", "n001,n003");

        Assert.Equal(1, code);
        Assert.Matches("n001 .*switched on", said);
        Assert.Contains("1 machine done, 1 failed: n003", said, StringComparison.Ordinal);
        Assert.Contains("no BMC", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Power_as_json_is_a_line_an_event()
    {
        var (_, said) = await RunAsync("power", "status", "n001", "--json");
        Assert.Equal(3, said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("--stagger", "soon")]
    [InlineData("--at-once", "0")]
    public async Task Power_refuses_what_makes_no_sense(string option, string value) => Assert.Equal(1, (await RunAsync("power", "on", "n001", option, value)).Code);
}

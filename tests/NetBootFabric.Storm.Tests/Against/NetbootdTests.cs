using NetBootFabric.Storm.Report;

namespace NetBootFabric.Storm.Tests.Against;

/// <summary>The product itself, built by this project.</summary>
public sealed class NetbootdTests : IDisposable
{
    private readonly StormRoom _room = new();

    [Fact]
    public void A_room_of_iPXE_boots_by_HTTP_with_one_exchange_each_and_reports()
    {
        Start();
        var report = _room.Run("ipxe-http");
        AssertAllBooted(report);
        Assert.Equal(20, report.Counters["reports"]);
        Assert.Equal(20 * (20_000 + 30_000), report.Counters["verifiedBytes"]);
        Assert.Equal(20, report.ExchangesPerClient[1]);
    }

    [Fact]
    public void A_room_of_plain_ROMs_chains_to_iPXE_with_one_exchange_each()
    {
        Start();
        var report = _room.Run("ipxe-chain=1,dhcp-only=1");
        AssertAllBooted(report);
        Assert.Equal(10, report.Counters["reports"]);
        Assert.Equal(20, report.ExchangesPerClient[1]);
    }

    [Theory]
    [InlineData("pxelinux", "pxelinux-tftp", "quiet", 1)]
    [InlineData("lpxelinux", "pxelinux-tftp", "quiet", 1)]
    [InlineData("shim", "uefi-pxe", "quiet", 1)]
    [InlineData("grub", "uefi-pxe", "quiet", 1)]
    [InlineData("snponly", "uefi-pxe", "quiet", 2)]
    [InlineData("uki", "uefi-pxe", "quiet", 1)]
    [InlineData("auto", "uefi-http", "quiet", 1)]
    [InlineData("auto", "uefi-http", "ip=dhcp", 2)]
    [InlineData("ipxe-efi", "uefi-http", "quiet", 2)]
    [InlineData("auto", "ipxe-http", "ip=dhcp", 2)]
    public void Each_way_of_booting_takes_its_exchanges_and_reports(string loader, string kind, string commandLine, int exchanges)
    {
        Start(loader, commandLine);
        var report = _room.Run(kind);
        AssertAllBooted(report);
        Assert.Equal(20, report.Counters["reports"]);
        Assert.Equal(20, report.ExchangesPerClient[exchanges]);
    }

    [Fact]
    public void Clients_that_know_no_shortcuts_ask_again()
    {
        Start();
        var report = _room.Run("ipxe-chain", withoutShortcuts: true);
        AssertAllBooted(report);
        Assert.Equal(20, report.ExchangesPerClient[2]);
    }

    public void Dispose() => _room.Dispose();

    private static void AssertAllBooted(StormReport report) =>
        Assert.True(report.Failed == 0, string.Join('\n', report.Failures.SelectMany(failure => failure.Examples.Prepend(failure.Text))));

    private void Start(string loader = "auto", string commandLine = "quiet")
    {
        var configuration = Path.Combine(_room.Folder, "netbootd.yaml");
        File.WriteAllText(configuration, $$"""
            node: head1
            store: sqlite:{{_room.Folder}}/fabric.db
            interfaces: [eth1]
            files: {{_room.Files}}
            subnets:
              - { network: 10.77.0.0/16, range: 10.77.1.0-10.77.9.254, router: 10.77.0.1, lease: 1h }
            profiles:
              default: { kernel: vmlinuz, initrd: [initrd.img], cmdline: {{commandLine}}, loader: {{loader}} }
            """);
        _room.Serve(Path.Combine(AppContext.BaseDirectory, "netbootd"), "run", configuration);
        _room.AwaitTcp(80);
    }
}

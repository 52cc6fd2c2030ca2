using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.EndToEnd.Tests.Lab;
using NetBootFabric.EndToEnd.Tests.Lab.Installed;
using NetBootFabric.Testing;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>The Debian package on a clean root with a real systemd: installed, configured, started, booted from, upgraded, purged.</summary>
public sealed class InstalledHeadNodes(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Configuration = "/etc/netboot-fabric/netbootd.yaml";

    private readonly NetworkNamespace _server = new();
    private readonly Bridge _bridge = new();
    private readonly string _folder = Repository.Results("installed");
    private CleanRoot _root = null!;
    private string[] _before = [];

    public async Task InitializeAsync()
    {
        await _bridge.PlugAsync(_server, "eth1", "52:54:00:77:ff:01", $"{Room.ServerAddress}/16");
        _root = await CleanRoot.BootAsync(_server, _folder, await BootPayload.FolderAsync());
        _root.Copy(await DebianPackages.MakeAsync(DebianPackages.First));
        _root.Copy(await DebianPackages.MakeAsync(DebianPackages.Second));
        _before = await _root.FilesAsync();
    }

    public Task DisposeAsync()
    {
        _root?.Dispose();
        _bridge.Dispose();
        _server.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_package_is_installed_configured_started_booted_from_upgraded_and_purged()
    {
        await InstalledAsync();
        await ServingAsync();
        await ConfinedAsync();
        await BootingAsync();
        await MeasuredAsync();
        await UpgradedAsync();
        await PurgedAsync();
    }

    /// <summary>Nothing is served, and a start says what to do.</summary>
    private async Task InstalledAsync()
    {
        output.WriteLine(await _root.RunAsync("sh", "-c", $"dpkg -i /root/*-{DebianPackages.First}_amd64.deb"));
        Assert.Contains("inactive", await _root.TryAsync("systemctl is-active netbootd"), StringComparison.Ordinal);
        Assert.Contains("disabled", await _root.TryAsync("systemctl is-enabled netbootd"), StringComparison.Ordinal);
        Assert.StartsWith((await _root.RunAsync("dpkg-query", "-W", "-f", "${Version}", "netboot-fabric")).Split('-')[0], await _root.RunAsync("netbootd", "--version"), StringComparison.Ordinal);

        Assert.Contains("exit code 1", await _root.TryAsync("systemctl start netbootd"), StringComparison.Ordinal);
        Assert.Contains($"{Configuration}:", await _root.JournalAsync(), StringComparison.Ordinal);
        Assert.Contains("failed", await _root.TryAsync("systemctl is-active netbootd"), StringComparison.Ordinal);
    }

    private async Task ServingAsync()
    {
        _root.Write(Configuration, new RoomConfiguration().Render("/var/lib/netboot-fabric", "/srv/netboot"));
        // In the service's own sandbox: a device for service addresses can be made.
        await _root.RunAsync("mkdir", "-p", "/etc/systemd/system/netbootd.service.d");
        _root.Write("/etc/systemd/system/netbootd.service.d/probe.conf", "[Service]\nExecStartPre=ip tuntap add dev probe0 mode tun\nExecStartPre=ip tuntap del dev probe0 mode tun\n");
        await _root.RunAsync("systemctl", "daemon-reload");
        var started = await _root.TryAsync("systemctl enable --now netbootd");
        Assert.True(started.Contains("exit code 0", StringComparison.Ordinal), started + await _root.JournalAsync());
        Assert.Contains("StatusText=serves eth1", await _root.RunAsync("systemctl", "show", "netbootd"), StringComparison.Ordinal);
    }

    /// <summary>As its own user, with three capabilities, and with all that needs them.</summary>
    private async Task ConfinedAsync()
    {
        var process = (await _root.RunAsync("systemctl", "show", "netbootd", "-P", "MainPID")).Trim();
        Assert.Equal("netboot-fabric", (await _root.RunAsync("ps", "-o", "user:32=", "-p", process)).Trim());
        // 0x3400: CAP_NET_BIND_SERVICE (10), CAP_NET_ADMIN (12), CAP_NET_RAW (13).
        Assert.Contains("CapEff:\t0000000000003400", _root.Process(process), StringComparison.Ordinal);
        Assert.Contains("CapBnd:\t0000000000003400", _root.Process(process), StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", _root.Process(process), StringComparison.Ordinal);
        // Forced above what net.core.rmem_max allows.
        Assert.Matches("rb(838860[0-9]|[0-9]{8,})", await _root.RunAsync("ss", "-ulnm", "sport", "=", ":67"));
        Assert.Equal("-rw-r----- root netboot-fabric", (await _root.RunAsync("stat", "-c", "%A %U %G", Configuration)).Trim());
    }

    private async Task BootingAsync()
    {
        using var machine = await VirtualMachine.PowerOnAsync(_bridge, Firmware.BiosIpxe, Room.FirstMac, _folder);
        await machine.BootedAsync();
        Assert.Equal("Booted", (await ClientAsync()).Current?.Phase);
        var status = JsonSerializer.Deserialize(await _root.RunAsync("pbm", "status", "--json"), AdminJson.Default.StatusView)!;
        Assert.Equal(0, status.Counters["dhcp"]["neighbour_errors"]);
        Assert.Contains("52:54:00:77:00:01", await _root.RunAsync("ip", "neighbour", "show", Room.FirstAddress), StringComparison.Ordinal);
    }

    /// <summary>What Prometheus would scrape is as it wants it, and has every metric that the dashboard and the alerts ask for.</summary>
    private async Task MeasuredAsync()
    {
        var scrape = await _root.ScrapeAsync(_server);
        var file = Path.Combine(_folder, "metrics.txt");
        await File.WriteAllTextAsync(file, scrape);
        Assert.Equal("", await Tool.RunAsync("sh", "-c", $"promtool check metrics <{file} 2>&1"));

        Assert.Matches("netboot_boots_total\\{outcome=\"booted\"\\} [1-9]", scrape);
        Assert.Matches("netboot_dhcp_answer_duration_seconds_count\\{type=\"Ack\"\\} [1-9]", scrape);
        Assert.Matches("netboot_transfers_total\\{protocol=\"Http\",role=\"Kernel\",outcome=\"Done\"\\} [1-9]", scrape);
        Assert.Empty(Monitoring.Metrics().Except(Monitoring.Scraped(scrape)));
    }

    private async Task UpgradedAsync()
    {
        var (configuration, lease) = (_root.Read(Configuration), (await ClientAsync()).Lease);
        output.WriteLine(await _root.RunAsync("sh", "-c", $"dpkg -i /root/*-{DebianPackages.Second}_amd64.deb"));

        Assert.Contains($"-{DebianPackages.Second}", await _root.RunAsync("dpkg-query", "-W", "netboot-fabric"), StringComparison.Ordinal);
        Assert.Contains("active", (await _root.RunAsync("systemctl", "is-active", "netbootd")).Split('\n'));
        Assert.Equal(configuration, _root.Read(Configuration));
        Assert.Equal(lease?.Address, (await ClientAsync()).Lease?.Address);
        Assert.NotNull(lease);
        Assert.Contains("stopping: no new clients", await _root.JournalAsync(), StringComparison.Ordinal);
    }

    /// <summary>What was there before is there, and nothing else.</summary>
    private async Task PurgedAsync()
    {
        await _root.RunAsync("dpkg", "--remove", "netboot-fabric");
        Assert.Contains("exit code 0", await _root.TryAsync("test -e /var/lib/netboot-fabric/fabric.db && test -e " + Configuration), StringComparison.Ordinal);
        output.WriteLine(await _root.RunAsync("dpkg", "--purge", "netboot-fabric"));
        Assert.Contains("exit code 2", await _root.TryAsync("getent passwd netboot-fabric"), StringComparison.Ordinal);
        Assert.Empty((await _root.FilesAsync()).Except(_before));
    }

    private async Task<ClientDetail> ClientAsync() =>
        JsonSerializer.Deserialize(await _root.RunAsync("pbm", "client", Room.FirstMac, "--json"), AdminJson.Default.ClientDetail)!;
}

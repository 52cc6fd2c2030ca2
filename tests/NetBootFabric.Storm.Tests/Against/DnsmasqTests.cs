using NetBootFabric.Storm.Report;

namespace NetBootFabric.Storm.Tests.Against;

/// <summary>A server that knows nothing of us.</summary>
public sealed class DnsmasqTests : IDisposable
{
    private readonly StormRoom _room = new();

    [Fact]
    public void A_room_boots_PXELINUX_by_TFTP_and_every_octet_is_compared()
    {
        Directory.CreateDirectory(Path.Combine(_room.Files, "pxelinux.cfg"));
        File.WriteAllText(Path.Combine(_room.Files, "pxelinux.cfg", "default"), "DEFAULT a\nLABEL a\n KERNEL vmlinuz\n APPEND initrd=initrd.img\n");
        Start("--dhcp-boot=pxelinux.0");
        var report = _room.Run("pxelinux-tftp");
        AssertAllBooted(report);
        Assert.Equal(report.Counters["bytes"], report.Counters["verifiedBytes"]);
        Assert.Equal(20 * (20_000 + 30_000 + 4_000 + 6_000), report.Counters["bytes"] - 20 * new FileInfo(Path.Combine(_room.Files, "pxelinux.cfg", "default")).Length);
    }

    [Fact]
    public void A_missing_kernel_is_a_TFTP_error_of_every_client()
    {
        Directory.CreateDirectory(Path.Combine(_room.Files, "pxelinux.cfg"));
        File.WriteAllText(Path.Combine(_room.Files, "pxelinux.cfg", "default"), "DEFAULT no-such-kernel\n");
        Start("--dhcp-boot=pxelinux.0");
        var failure = Assert.Single(_room.Run("pxelinux-tftp", clients: 5).Failures);
        Assert.Equal(("TftpError", 5), (failure.Step, failure.Clients));
    }

    [Fact]
    public void A_server_without_a_boot_file_is_told_from_a_silent_one()
    {
        Start();
        var report = _room.Run("dhcp-only", clients: 5);
        AssertAllBooted(report);
        Assert.Equal(5, report.Counters["dhcpExchanges"]);
        var failure = Assert.Single(_room.Run("ipxe-http", clients: 5).Failures);
        Assert.Equal("DhcpOfferWithoutBootFile", failure.Step);
    }

    public void Dispose() => _room.Dispose();

    private static void AssertAllBooted(StormReport report) =>
        Assert.True(report.Failed == 0, string.Join('\n', report.Failures.SelectMany(failure => failure.Examples.Prepend(failure.Text))));

    private void Start(params string[] more) => _room.Serve("dnsmasq",
        ["--keep-in-foreground", "--port=0", "--conf-file=/dev/null", "--interface=eth1", "--no-ping", "--user=root", "--dhcp-range=10.77.1.1,10.77.9.254,255.255.0.0,1h",
            $"--dhcp-leasefile={_room.Folder}/leases", "--enable-tftp", $"--tftp-root={_room.Files}", $"--log-facility={_room.Folder}/log", .. more]);
}

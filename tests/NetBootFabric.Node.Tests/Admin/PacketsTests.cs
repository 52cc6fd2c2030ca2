using System.Net;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Packets;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Node.Packets;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Admin;

public sealed class PacketsTests : IAsyncLifetime
{
    private LiveAdmin _admin = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        _http = _admin.Client();
        var discover = new FlightPacket(FlightProtocol.Dhcp, false, Ipv4Address.Any, 68, Ipv4Address.Broadcast, 67);
        _admin.Recorder.Packet(LiveAdmin.Failed, discover, GoldenPackets.Dhcp("ipxe-bios-virtio").First().Octets);
        _admin.Recorder.Note(LiveAdmin.Failed, FlightProtocol.Dhcp, "no answer: the pool has no free address");
        _admin.Recorder.Entered(LiveAdmin.Boot(LiveAdmin.Failed, BootPhase.Failed));
        _admin.Recorder.Packet(LiveAdmin.Failed, new FlightPacket(FlightProtocol.Tftp, false, Ipv4Address.Parse("10.77.1.7"), 2070, Ipv4Address.Parse("10.77.0.1"), 69), [0, 1, 0x1B, .. "]0;x\0octet\0"u8]);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _admin.DisposeAsync();
    }

    [Fact]
    public async Task Packets_and_decisions_of_a_failed_boot_are_told_in_order()
    {
        var view = await GetAsync("52:54:00:77:00:02", "failed");

        Assert.Equal(("52:54:00:77:00:02", "failed", 2), (view.Mac, view.Boot, view.FailedBoot));
        Assert.Equal(["received DISCOVER", "note no answer: the pool has no free address", "note boot 2 failed: Http: NotFound (initrd.img)"], view.Packets.Select(packet => $"{packet.Kind} {packet.Text.Split(',')[0]}"));
        Assert.Equal(("0.0.0.0:68", "255.255.255.255:67", "head1"), (view.Packets[0].From, view.Packets[0].To, view.Packets[0].Node));
        Assert.Contains("53 message type: 1 DISCOVER", view.Packets[0].Details);
    }

    [Fact]
    public async Task What_a_client_sends_after_a_failure_is_of_the_boot_going_on_and_can_do_no_harm_to_a_terminal()
    {
        var view = await GetAsync("c-525400770002", "current");
        Assert.Equal("malformed TFTP (BadFileName), 14 octets", Assert.Single(view.Packets).Text);
    }

    [Fact]
    public async Task The_capture_is_one_that_tshark_reads()
    {
        var path = Path.Combine(Path.GetTempPath(), $"netboot-{Guid.NewGuid():N}.pcap");
        await File.WriteAllBytesAsync(path, await _http.GetByteArrayAsync(PacketsRoutes.Of("52:54:00:77:00:02", PacketsRoutes.Capture, "failed")));
        try
        {
            Assert.Equal("DHCP", Assert.Single(Tshark.DecodeClean(path, "_ws.col.Protocol"))[0][0]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_machine_that_is_no_client_yet_has_packets_all_the_same() =>
        Assert.Empty((await GetAsync("52:54:00:99:99:99", "current")).Packets);

    [Theory]
    [InlineData("nobody", "current", HttpStatusCode.NotFound, "no client 'nobody'")]
    [InlineData("n001", "yesterday", HttpStatusCode.BadRequest, "current or failed")]
    public async Task What_can_not_be_told_is_said(string who, string boot, HttpStatusCode status, string says)
    {
        using var response = await _http.GetAsync(PacketsRoutes.Of(who, PacketsRoutes.Packets, boot));
        var error = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), AdminJson.Default.ApiError)!;

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(says, error.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_head_nodes_are_merged_by_time_and_a_broadcast_that_all_heard_stands_once()
    {
        var one = new HeadPackets { Node = "head1", Current = [Packet(100, 1), Note(300, "phase Bound")] };
        var other = new HeadPackets { Node = "head2", Current = [Packet(150, 1), Packet(400, 2), Note(200, "loader Shim")] };

        Assert.Equal(["head1 100", "head2 200", "head1 300", "head2 400"], MergedPackets.Of([one, other], failed: false).Select(each => $"{each.Node} {each.Packet.At}"));
    }

    [Fact]
    public void Of_a_failed_boot_the_other_head_nodes_tell_what_they_have_of_its_time()
    {
        var owner = new HeadPackets { Node = "head1", FailedBoot = 3, Failed = [Packet(100, 1), Note(900, "boot 3 failed")], Current = [Packet(2_000_000, 4)] };
        var other = new HeadPackets { Node = "head2", Current = [Packet(50, 9), Packet(500, 2), Packet(3_000_000, 5)] };

        Assert.Equal([100, 500, 900], MergedPackets.Of([owner, other], failed: true).Select(each => each.Packet.At));
        Assert.Equal([50, 2_000_000, 3_000_000], MergedPackets.Of([owner, other], failed: false).Select(each => each.Packet.At));
    }

    private async Task<PacketsView> GetAsync(string who, string boot) =>
        JsonSerializer.Deserialize(await _http.GetStringAsync(PacketsRoutes.Of(who, PacketsRoutes.Packets, boot)), PacketsJson.Default.PacketsView)!;

    private static HeadPacket Packet(long at, byte octet) => new(at, "Dhcp", false, false, 0, 68, uint.MaxValue, 67, 1, [octet], null, null);

    private static HeadPacket Note(long at, string text) => new(at, "Boot", false, false, 0, 0, 0, 0, 0, null, text, null);
}

using System.Diagnostics;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Wire;

namespace NetBootFabric.Dhcp.Tests.Server;

/// <summary>Looking for DHCP servers, between two network namespaces.</summary>
public sealed class ServerSearcherTests : IDisposable
{
    private readonly NetworkNamespace _head = new();
    private readonly NetworkNamespace _room = new();

    public ServerSearcherTests()
    {
        _head.Join(_room, "head0", "room0", "52:54:00:00:00:01", "52:54:00:00:00:02");
        _head.Here("addr add 10.77.0.1/16 dev head0");
        _room.Here("addr add 10.77.0.3/16 dev room0");
    }

    [Fact]
    public void Another_server_is_found_with_its_address_its_hardware_address_and_what_it_offers()
    {
        using var dnsmasq = new Dnsmasq(_room, "--interface=room0 --dhcp-range=10.77.9.1,10.77.9.50");
        var found = LookUntilFound(dnsmasq);
        Assert.Equal((Ipv4Address.Parse("10.77.0.3"), MacAddress.Parse("52:54:00:00:00:02")), (found.Identifier, found.Mac));
        Assert.InRange(found.Offered.Value, Ipv4Address.Parse("10.77.9.1").Value, Ipv4Address.Parse("10.77.9.50").Value);
    }

    [Fact]
    public void A_server_that_names_boot_files_only_is_told_from_one_that_gives_addresses()
    {
        using var dnsmasq = new Dnsmasq(_room, "--interface=room0 --dhcp-range=10.77.0.0,proxy --pxe-service=X86-64_EFI,netboot,loader.efi");
        Assert.True(LookUntilFound(dnsmasq).IsProxy);
    }

    [Fact]
    public void A_server_of_the_fabric_neither_answers_nor_takes_it_for_a_client()
    {
        using var server = _head.Run(() => DhcpServer.Open(new DhcpServerOptions { Interfaces = ["head0"] }, new RoomDirectory(RoomDirectory.Room)));
        server.Start();

        Assert.Empty(_room.Run(() => ServerSearcher.Look(InterfaceTable.Get("room0"), TimeSpan.FromSeconds(0.5), TimeProvider.System)));
        Assert.Equal((2, 0, 0), (server.Counters.Ignored, server.Counters.TotalInquired, server.Counters.TotalRejected));
    }

    private FoundServer LookUntilFound(Dnsmasq dnsmasq)
    {
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(30) && !dnsmasq.HasEnded)
        {
            var found = _head.Run(() => ServerSearcher.Look(InterfaceTable.Get("head0"), TimeSpan.FromSeconds(0.5), TimeProvider.System));
            if (found.Count > 0) return Assert.Single(found);
        }
        throw new InvalidOperationException(dnsmasq.HasEnded ? "dnsmasq did not start" : "dnsmasq does not answer");
    }

    public void Dispose()
    {
        _head.Dispose();
        _room.Dispose();
    }
}

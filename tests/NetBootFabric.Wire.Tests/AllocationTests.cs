using NetBootFabric.Testing;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Ndp;
using NetBootFabric.Wire.Tests.Golden;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Wire.Tests;

/// <summary>Reading and writing a packet costs the garbage collector nothing.</summary>
public sealed class AllocationTests
{
    private readonly byte[] _buffer = new byte[2048];
    private readonly byte[] _scratch = new byte[2048];

    [Fact]
    public void Dhcp_allocates_nothing()
    {
        var discover = GoldenPackets.Dhcp("ovmf-pxe4-virtio").First().Octets;
        AssertNoAllocation(() =>
        {
            var read = DhcpPacket.TryParse(discover, _scratch, out var request, out _);
            read &= request.TryGet(DhcpOptions.ClientArchitecture, out var architectures) && architectures.First == ClientArchitecture.EfiX64;
            read &= request.TryGet(DhcpOptions.MachineIdentifier, out _);
            var writer = DhcpWriter.ReplyTo(request, _buffer);
            writer.SetFile("snponly.efi"u8);
            writer.Add(DhcpOptions.MessageType, DhcpMessageType.Offer);
            writer.Add(DhcpOptions.ServerIdentifier, Ipv4Address.Broadcast);
            writer.Add(DhcpOptions.Routers, [Ipv4Address.Broadcast, Ipv4Address.Any]);
            writer.Add(DhcpOptions.HostName, "n001");
            writer.AddOctets(200, discover);
            return read && writer.TryFinish(out _);
        });
    }

    [Fact]
    public void Tftp_allocates_nothing()
    {
        var packets = GoldenPackets.Tftp("ovmf-pxe4-virtio").Select(packet => packet.Octets).ToArray();
        AssertNoAllocation(() =>
        {
            foreach (var octets in packets)
            {
                if (!TftpPacket.TryParse(octets, out var packet, out _)) return false;
                packet.Options.TryGetBlockSize(out _);
                packet.Options.TryGetTransferSize(out _);
                if (!TftpRewriter.TryRewrite(packet, _buffer, out _)) return false;
            }
            var writer = TftpWriter.OptionAck(_buffer);
            writer.AddOption(TftpOption.TransferSize, 173792);
            return writer.TryFinish(out _);
        });
    }

    [Fact]
    public void Raw_frames_and_arp_allocate_nothing()
    {
        var header = new UdpFrame
        {
            SourceMac = MacAddress.Broadcast,
            DestinationMac = MacAddress.Broadcast,
            Source = Ipv4Address.Any,
            SourcePort = 67,
            Destination = Ipv4Address.Broadcast,
            DestinationPort = 68,
        };
        AssertNoAllocation(() =>
            header.TryWrite(_buffer, _scratch.AsSpan(0, 548), out var length)
            && UdpFrame.TryParse(_buffer.AsSpan(0, length), out _, out _, out _)
            && ArpPacket.Probe(MacAddress.Broadcast, Ipv4Address.Broadcast).TryWriteFrame(_buffer, MacAddress.Broadcast));
    }

    [Fact]
    public void Router_solicitations_and_advertisements_allocate_nothing()
    {
        var asked = GoldenPackets.Frames("router-solicitations")[0].Octets;
        AssertNoAllocation(() =>
            RouterSolicitation.TryParse(asked.AsSpan(14), out var solicitation, out _)
            && default(RouterAdvertisement).TryWriteFrame(_buffer, MacAddress.Broadcast, MacAddress.Broadcast, Ipv6Address.LinkLocal(MacAddress.Broadcast), solicitation.Source));
    }

    private static void AssertNoAllocation(Func<bool> work)
    {
        Assert.True(work());
        AllocationBudget.Nothing(() =>
        {
            for (var i = 0; i < 1000; i++) work();
        });
    }
}

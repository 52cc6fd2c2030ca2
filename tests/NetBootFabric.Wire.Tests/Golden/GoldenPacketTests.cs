using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ndp;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Wire.Tests.Golden;

/// <summary>What real clients and servers sent is read in full, and written again it is the same packet.</summary>
public sealed class GoldenPacketTests
{
    private readonly byte[] _written = new byte[2048];

    public static TheoryData<string> Captures => [.. GoldenPackets.Captures];

    /// <summary>The numbers are tshark's: <c>tshark -r capture -Y dhcp</c> and so on.</summary>
    [Theory]
    [InlineData("busybox-udhcpc", 4, 0, 0)]
    [InlineData("ipxe-bios-e1000", 10, 0, 3)]
    [InlineData("ipxe-bios-virtio", 10, 0, 3)]
    [InlineData("ipxe2-bios-virtio", 10, 0, 3)]
    [InlineData("ipxe2-ovmf-pxe4", 14, 22, 9)]
    [InlineData("isc-dhclient", 7, 0, 5)]
    [InlineData("no-server-retries", 31, 0, 0)]
    [InlineData("ovmf-http4-virtio", 14, 0, 16)]
    [InlineData("ovmf-ipxerom-e1000", 10, 0, 8)]
    [InlineData("ovmf-pxe4-virtio", 14, 18, 5)]
    [InlineData("plain-rom-pxelinux", 8, 83, 7)]
    [InlineData("plain-rom-undionly", 14, 15, 8)]
    [InlineData("pxelinux-bios", 10, 83, 20)]
    [InlineData("router-solicitations", 0, 0, 0)]
    [InlineData("tftp-silent-stall", 36, 138, 30)]
    [InlineData("undionly-chain-bios", 16, 15, 23)]
    public void Every_packet_of_a_capture_is_found(string capture, int dhcp, int tftp, int arp)
    {
        Assert.Equal(dhcp, GoldenPackets.Dhcp(capture).Count());
        Assert.Equal(tftp, GoldenPackets.Tftp(capture).Count());
        Assert.Equal(arp, GoldenPackets.Arp(capture).Count());
    }

    [Fact]
    public void Every_capture_is_counted() => Assert.Equal(16, GoldenPackets.Captures.Count);

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_dhcp_packet_is_written_again_as_it_was(string capture)
    {
        foreach (var packet in GoldenPackets.Dhcp(capture))
        {
            Assert.True(DhcpPacket.TryParse(packet.Octets, out var dhcp, out var refusal), $"{packet}: {refusal}");
            Assert.NotEqual(DhcpMessageType.None, dhcp.MessageType);
            Assert.True(DhcpRewriter.TryRewrite(dhcp, _written, out var length), packet.ToString());
            // The sender pads as it likes; what stands before the padding is the message.
            Assert.Equal(packet.Octets.AsSpan().TrimEnd((byte)0).ToArray(), _written.AsSpan(0, length).TrimEnd((byte)0).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_tftp_packet_is_written_again_as_it_was(string capture)
    {
        foreach (var packet in GoldenPackets.Tftp(capture))
        {
            Assert.True(TftpPacket.TryParse(packet.Octets, out var tftp, out var refusal), $"{packet}: {refusal}");
            Assert.True(TftpRewriter.TryRewrite(tftp, _written, out var length), packet.ToString());
            Assert.Equal(packet.Octets, _written[..length]);
        }
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_arp_packet_is_written_again_as_it_was(string capture)
    {
        foreach (var packet in GoldenPackets.Arp(capture))
        {
            Assert.True(ArpPacket.TryParse(packet.Octets, out var arp, out var refusal), $"{packet}: {refusal}");
            Assert.True(arp.TryWrite(_written));
            Assert.Equal(packet.Octets, _written[..ArpPacket.Size]);
        }
    }

    /// <summary>Of an iPXE ROM and of Linux.</summary>
    [Fact]
    public void Every_router_solicitation_is_written_again_as_it_was()
    {
        var frames = GoldenPackets.Frames("router-solicitations");
        Assert.Equal(7, frames.Count);
        foreach (var frame in frames)
        {
            Assert.True(EthernetFrame.TryParse(frame.Octets, out var ethernet, out _));
            Assert.True(RouterSolicitation.TryParse(ethernet.Payload, out var solicitation, out var refusal), $"frame {frame.Number}: {refusal}");
            Assert.Equal((Ipv6Address.LinkLocal(ethernet.Source), ethernet.Source), (solicitation.Source, solicitation.SourceMac));
            Assert.True(solicitation.TryWriteFrame(_written, ethernet.Source, out var length));
            Assert.Equal(frame.Octets, _written[..length]);
        }
    }

    [Fact]
    public void Ipxe_is_told_by_its_bare_user_class()
    {
        var seen = 0;
        foreach (var packet in GoldenPackets.Captures.SelectMany(GoldenPackets.Dhcp))
        {
            Assert.True(DhcpPacket.TryParse(packet.Octets, out var dhcp, out _));
            if (!dhcp.TryGet(DhcpOptions.UserClass, out var classes)) continue;
            Assert.True(classes.IsIpxe && classes.IsBare, packet.ToString());
            Assert.True(dhcp.TryGet(DhcpOptions.Ipxe, out var ipxe) && ipxe.TryGet(IpxeOptions.Http, out var http) && http == 1);
            seen++;
        }
        Assert.NotEqual(0, seen);
    }
}

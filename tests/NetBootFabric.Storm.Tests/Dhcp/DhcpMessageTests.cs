using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Tests.Dhcp;

/// <summary>Our messages beside those of the real firmware, option for option.</summary>
public sealed class DhcpMessageTests
{
    // Of the machine, or of the exchange.
    private static readonly byte[] Variable = [DhcpOptions.MachineIdentifier.Code, DhcpOptions.ServerIdentifier.Code, DhcpOptions.RequestedAddress.Code];

    [Theory]
    [InlineData("ipxe-bios-virtio", 0, "ipxe-rom")]
    [InlineData("plain-rom-undionly", 0, "bios-pxe")]
    [InlineData("plain-rom-undionly", 1, "undionly")]
    [InlineData("ovmf-pxe4-virtio", 0, "uefi-pxe")]
    [InlineData("ovmf-pxe4-virtio", 1, "snponly")]
    [InlineData("ovmf-http4-virtio", 0, "uefi-http")]
    [InlineData("ovmf-http4-virtio", 1, "ipxe-efi")]
    [InlineData("busybox-udhcpc", 0, "udhcpc")]
    public void DISCOVER_and_REQUEST_have_the_options_that_the_real_firmware_sent(string capture, int exchange, string firmware)
    {
        var manner = Manner(firmware);
        var discover = Sent(capture, DhcpMessageType.Discover)[exchange];
        var request = Sent(capture, DhcpMessageType.Request)[exchange];
        var buffer = new byte[1472];
        Assert.True(DhcpPacket.TryParse(discover, out var real, out _));
        AssertAlike(discover, buffer.AsSpan(0, DhcpMessage.Discover(buffer, manner, real.Chaddr, real.Xid, real.Secs)).ToArray());
        var offer = new Lease { Address = DhcpAnswers.Address, Server = DhcpAnswers.Server, Mask = default, Router = default, BootServer = default, BootFile = "" };
        AssertAlike(request, buffer.AsSpan(0, DhcpMessage.Request(buffer, manner, real.Chaddr, real.Xid, real.Secs, offer)).ToArray());
    }

    private static void AssertAlike(byte[] captured, byte[] sent)
    {
        Assert.True(DhcpPacket.TryParse(captured, out var real, out _));
        Assert.True(DhcpPacket.TryParse(sent, out var ours, out _));
        Assert.Equal((real.Op, real.Flags, real.MessageType, real.Ciaddr), (ours.Op, ours.Flags, ours.MessageType, ours.Ciaddr));
        var count = 0;
        foreach (var option in real.Options)
        {
            count++;
            Assert.True(ours.TryGetOctets(option.Code, out var octets), $"option {option.Code} is missing");
            if (!Variable.Contains(option.Code)) Assert.Equal(option.Value.ToArray(), octets.ToArray());
        }
        foreach (var _ in ours.Options) count--;
        Assert.Equal(0, count);
    }

    /// <summary>The first of each exchange: a repetition has the same transaction id.</summary>
    private static List<byte[]> Sent(string capture, DhcpMessageType type) => [.. GoldenPackets.Dhcp(capture).Select(packet => packet.Octets).Where(octets => Read(octets).Type == type).DistinctBy(octets => Read(octets).Xid)];

    private static (DhcpMessageType Type, uint Xid) Read(byte[] octets) => DhcpPacket.TryParse(octets, out var packet, out _) ? (packet.MessageType, packet.Xid) : default;

    private static DhcpManner Manner(string firmware) => firmware switch
    {
        "ipxe-rom" => DhcpManners.IpxeRom,
        "undionly" => DhcpManners.Undionly,
        "uefi-pxe" => DhcpManners.UefiPxe,
        "snponly" => DhcpManners.Snponly,
        "uefi-http" => DhcpManners.UefiHttp,
        "ipxe-efi" => DhcpManners.IpxeEfi,
        "udhcpc" => DhcpManners.Udhcpc,
        _ => DhcpManners.BiosPxe,
    };
}

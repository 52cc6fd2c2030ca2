using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Tests.Dhcp;

public sealed class DhcpMessageTests
{
    [Theory]
    [InlineData("ipxe-bios-virtio", "ipxe")]
    [InlineData("ovmf-http4-virtio", "uefi")]
    public void A_DISCOVER_has_the_options_that_the_real_firmware_sent(string capture, string firmware)
    {
        var captured = GoldenPackets.Dhcp(capture).First(packet => TypeOf(packet.Octets) == DhcpMessageType.Discover).Octets;
        Assert.True(DhcpPacket.TryParse(captured, out var real, out _));
        var buffer = new byte[1472];
        var length = DhcpMessage.Discover(buffer, firmware == "ipxe" ? DhcpManners.IpxeRom : DhcpManners.UefiHttp, real.Chaddr, real.Xid, real.Secs);
        Assert.True(DhcpPacket.TryParse(buffer.AsSpan(0, length), out var ours, out _));
        Assert.Equal(real.Flags, ours.Flags);
        foreach (var option in real.Options)
        {
            Assert.True(ours.TryGetOctets(option.Code, out var octets), $"option {option.Code} is missing");
            if (option.Code != DhcpOptions.MachineIdentifier.Code) Assert.Equal(option.Value.ToArray(), octets.ToArray());
        }
    }

    private static DhcpMessageType TypeOf(byte[] octets) => DhcpPacket.TryParse(octets, out var packet, out _) ? packet.MessageType : DhcpMessageType.None;
}

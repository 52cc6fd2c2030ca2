using System.Buffers.Binary;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Ndp;

namespace NetBootFabric.Wire.Tests.Ndp;

public sealed class RouterSolicitationTests
{
    private const int Message = 40; // in the IPv6 packet
    private static readonly MacAddress Client = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly Ipv6Address Source = Ipv6Address.LinkLocal(Client);

    [Fact]
    public void What_is_written_is_read()
    {
        Assert.Equal((new RouterSolicitation(Source, Client), NdpRefusal.None), Parse(Packet()));
        Assert.Equal((new RouterSolicitation(Source, null), NdpRefusal.None), Parse(Packet(new RouterSolicitation(Source, null))));
        Assert.Equal((new RouterSolicitation(default, null), NdpRefusal.None), Parse(Packet(default)));
    }

    [Fact]
    public void A_buffer_that_is_too_small_takes_no_frame()
    {
        Assert.False(new RouterSolicitation(Source, Client).TryWriteFrame(new byte[69], Client, out _));
        Assert.False(new RouterSolicitation(Source, null).TryWriteFrame(new byte[61], Client, out _));
    }

    [Fact]
    public void Padding_behind_the_packet_does_no_harm() => Assert.Equal(NdpRefusal.None, Parse([.. Packet(), 1, 2, 3]).Refusal);

    [Fact]
    public void A_packet_that_ends_anywhere_is_refused()
    {
        var packet = Packet();
        for (var length = 0; length < packet.Length; length++) Assert.Equal(NdpRefusal.NotIpv6, Parse(packet[..length]).Refusal);
    }

    [Theory]
    [InlineData(0, 0x45, NdpRefusal.NotIpv6)]
    [InlineData(5, 17, NdpRefusal.NotIpv6)]                  // a payload length over what is there
    [InlineData(6, 0, NdpRefusal.NotIcmpv6)]                 // hop-by-hop options
    [InlineData(7, 254, NdpRefusal.BadHopLimit)]
    [InlineData(8, 0xFF, NdpRefusal.BadSource)]              // from a group
    [InlineData(Message, 134, NdpRefusal.OtherType)]
    [InlineData(Message + 1, 1, NdpRefusal.BadCode)]
    [InlineData(Message + 9, 0, NdpRefusal.BadOption)]
    [InlineData(Message + 9, 2, NdpRefusal.BadOption)]
    public void A_field_that_is_wrong_is_refused(int offset, byte value, NdpRefusal expected)
    {
        var packet = Packet();
        packet[offset] = value;
        Assert.Equal(expected, Parse(Summed(packet)).Refusal);
    }

    [Theory]
    [InlineData(0, NdpRefusal.OtherType)]
    [InlineData(7, NdpRefusal.TooShort)]
    [InlineData(8, NdpRefusal.None)]
    [InlineData(9, NdpRefusal.BadOption)]
    [InlineData(15, NdpRefusal.BadOption)]
    public void A_message_has_eight_octets_and_whole_options(byte length, NdpRefusal expected)
    {
        var packet = Packet()[..(Message + length)];
        packet[5] = length;
        Assert.Equal(expected, Parse(length < 4 ? packet : Summed(packet)).Refusal);
    }

    [Theory]
    [InlineData(Message + 2)]
    [InlineData(Message + 4)]
    [InlineData(12)]
    public void Any_octet_that_changed_on_the_way_is_noticed(int offset)
    {
        var packet = Packet();
        packet[offset] ^= 1;
        Assert.Equal(NdpRefusal.BadChecksum, Parse(packet).Refusal);
    }

    [Fact]
    public void Who_has_no_address_names_no_link_layer_address() =>
        Assert.Equal(NdpRefusal.BadSource, Parse(Packet(new RouterSolicitation(default, Client))).Refusal);

    [Fact]
    public void Options_of_other_kinds_and_sizes_are_skipped()
    {
        byte[] nonce = [14, 1, 1, 2, 3, 4, 5, 6], longAddress = [1, 2, .. new byte[14]];
        byte[] packet = [.. Packet()[..(Message + 8)], .. nonce, .. longAddress, .. Packet()[(Message + 8)..]];
        packet[5] = (byte)(packet.Length - Message);
        Assert.Equal((new RouterSolicitation(Source, Client), NdpRefusal.None), Parse(Summed(packet)));
    }

    private static (RouterSolicitation Solicitation, NdpRefusal Refusal) Parse(byte[] packet)
    {
        var taken = RouterSolicitation.TryParse(packet, out var solicitation, out var refusal);
        Assert.Equal(taken, refusal == NdpRefusal.None);
        return (solicitation, refusal);
    }

    private static byte[] Packet() => Packet(new RouterSolicitation(Source, Client));

    private static byte[] Packet(RouterSolicitation solicitation)
    {
        var frame = new byte[RouterSolicitation.LargestFrame];
        Assert.True(solicitation.TryWriteFrame(frame, Client, out var length));
        return frame[14..length];
    }

    private static byte[] Summed(byte[] packet)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Message + 2), 0);
        var checksum = Ipv6Packet.Checksum(packet.AsSpan(Message), Ipv6Address.Read(packet.AsSpan(8)), Ipv6Address.Read(packet.AsSpan(24)), 58);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Message + 2), checksum);
        return packet;
    }
}

using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Wire.Tests.Dhcp;

public sealed class DhcpPacketTests
{
    private readonly byte[] _scratch = new byte[2048];

    [Theory]
    [InlineData(0)]
    [InlineData(236)]
    [InlineData(239)]
    public void A_packet_without_room_for_the_cookie_is_refused(int length) => Refused(Packet()[..length], DhcpRefusal.TooShort);

    [Fact]
    public void The_shortest_packet_is_a_header_and_a_cookie() => Assert.True(DhcpPacket.TryParse(Packet(), out _, out _));

    [Theory]
    [InlineData(236, 98, DhcpRefusal.NoMagicCookie)]
    [InlineData(0, 0, DhcpRefusal.BadOp)]
    [InlineData(0, 3, DhcpRefusal.BadOp)]
    [InlineData(2, 0, DhcpRefusal.BadHardwareLength)]
    [InlineData(2, 16, DhcpRefusal.BadHardwareLength)]
    [InlineData(2, 255, DhcpRefusal.BadHardwareLength)]
    public void A_header_field_that_can_not_be_is_refused(int offset, byte value, DhcpRefusal expected)
    {
        var packet = Packet();
        packet[offset] = value;
        Refused(packet, expected);
    }

    [Theory]
    [InlineData(new byte[] { 12 }, DhcpRefusal.OptionOverrun)]
    [InlineData(new byte[] { 12, 1 }, DhcpRefusal.OptionOverrun)]
    [InlineData(new byte[] { 12, 255, 1, 2, 3 }, DhcpRefusal.OptionOverrun)]
    [InlineData(new byte[] { 53, 1, 1, 12, 2, 1 }, DhcpRefusal.OptionOverrun)]
    [InlineData(new byte[] { 53, 0 }, DhcpRefusal.BadMessageType)]
    [InlineData(new byte[] { 53, 1, 0 }, DhcpRefusal.BadMessageType)]
    [InlineData(new byte[] { 53, 2, 1, 1 }, DhcpRefusal.BadMessageType)]
    [InlineData(new byte[] { 53, 1, 1, 53, 1, 1 }, DhcpRefusal.BadMessageType)]
    [InlineData(new byte[] { 52, 0 }, DhcpRefusal.BadOverload)]
    [InlineData(new byte[] { 52, 1, 0 }, DhcpRefusal.BadOverload)]
    [InlineData(new byte[] { 52, 1, 4 }, DhcpRefusal.BadOverload)]
    [InlineData(new byte[] { 52, 1, 1, 52, 1, 2 }, DhcpRefusal.BadOverload)]
    public void Options_that_lie_are_refused(byte[] options, DhcpRefusal expected) => Refused(Packet(options), expected);

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 53, 1, 1 })]
    [InlineData(new byte[] { 53, 1, 1, 255 })]
    [InlineData(new byte[] { 0, 0, 53, 1, 1, 0, 255, 12, 200 })]
    public void A_missing_end_and_octets_behind_the_end_are_borne(byte[] options) =>
        Assert.True(DhcpPacket.TryParse(Packet(options), out _, out _));

    [Fact]
    public void An_option_that_overruns_in_an_overloaded_field_is_refused()
    {
        var packet = Packet(52, 1, 1);
        packet[108 + 126] = 12; // the last two octets of file
        packet[108 + 127] = 1;
        Refused(packet, DhcpRefusal.OptionOverrun);
    }

    [Fact]
    public void Overloaded_fields_are_read_behind_the_options_file_first()
    {
        var packet = Packet(60, 1, (byte)'a', 52, 1, 3, 255);
        byte[] file = [60, 1, (byte)'b', 255], sname = [60, 1, (byte)'c', 52, 1, 9, 255];
        file.CopyTo(packet, 108);
        sname.CopyTo(packet, 44);
        Assert.True(DhcpPacket.TryParse(packet, _scratch, out var dhcp, out _));
        Assert.True(dhcp.TryGet(DhcpOptions.VendorClass, out var joined));
        Assert.Equal("abc"u8, joined);
        Assert.True(dhcp.File.IsEmpty && dhcp.Sname.IsEmpty);
    }

    [Fact]
    public void Without_option_52_file_and_sname_are_names()
    {
        var packet = Packet();
        "undionly.kpxe"u8.CopyTo(packet.AsSpan(108));
        packet.AsSpan(44, 64).Fill((byte)'s');
        Assert.True(DhcpPacket.TryParse(packet, out var dhcp, out _));
        Assert.Equal("undionly.kpxe"u8, dhcp.File);
        Assert.Equal(64, dhcp.Sname.Length);
    }

    [Fact]
    public void Parts_of_an_option_need_scratch()
    {
        var packet = Packet(77, 2, (byte)'i', (byte)'P', 12, 1, (byte)'n', 77, 2, (byte)'X', (byte)'E');
        Refused(packet, DhcpRefusal.NoRoomToJoin);
        Assert.False(DhcpPacket.TryParse(packet, _scratch.AsSpan(0, 6), out _, out var refusal)); // 7 = 3 head + 4
        Assert.Equal(DhcpRefusal.NoRoomToJoin, refusal);
        Assert.True(DhcpPacket.TryParse(packet, _scratch.AsSpan(0, 7), out var dhcp, out _));
        Assert.True(dhcp.TryGet(DhcpOptions.UserClass, out var classes) && classes.IsIpxe);
        Assert.True(dhcp.TryGet(DhcpOptions.HostName, out var name));
        Assert.Equal("n"u8, name);
    }

    [Fact]
    public void A_packet_of_nothing_but_parts_needs_no_more_scratch_than_it_is_long()
    {
        byte[] options = [.. Enumerable.Range(0, 500).SelectMany(n => new byte[] { (byte)(100 + n % 100), 0 })];
        Assert.True(DhcpPacket.TryParse(Packet(options), _scratch.AsSpan(0, options.Length), out var dhcp, out _));
        Assert.True(dhcp.TryGetOctets(199, out var octets));
        Assert.True(octets.IsEmpty);
    }

    [Fact]
    public void An_absent_option_is_told_from_a_malformed_one()
    {
        Assert.True(DhcpPacket.TryParse(Packet(50, 3, 10, 0, 0), out var dhcp, out _));
        Assert.False(dhcp.TryGet(DhcpOptions.RequestedAddress, out _));
        Assert.True(dhcp.Contains(DhcpOptions.RequestedAddress.Code));
        Assert.False(dhcp.Contains(DhcpOptions.ServerIdentifier.Code));
    }

    [Fact]
    public void A_message_type_without_a_name_is_passed_on()
    {
        Assert.True(DhcpPacket.TryParse(Packet(53, 1, 13), out var dhcp, out _)); // DHCPLEASEACTIVE (RFC 4388)
        Assert.Equal((DhcpMessageType)13, dhcp.MessageType);
    }

    [Fact]
    public void Another_medium_than_ethernet_has_no_mac_address()
    {
        var packet = Packet();
        packet[1] = 32; // InfiniBand sends no address in chaddr (RFC 4390 §2.1)
        packet[2] = 0;
        Assert.True(DhcpPacket.TryParse(packet, out var dhcp, out _));
        Assert.False(dhcp.HasMacAddress);
    }

    private static byte[] Packet(params byte[] options)
    {
        var packet = new byte[240 + options.Length];
        packet[0] = packet[1] = 1;
        packet[2] = 6;
        byte[] cookie = [99, 130, 83, 99];
        cookie.CopyTo(packet, 236);
        options.CopyTo(packet, 240);
        return packet;
    }

    private static void Refused(byte[] packet, DhcpRefusal expected)
    {
        Assert.False(DhcpPacket.TryParse(packet, out _, out var refusal));
        Assert.Equal(expected, refusal);
    }
}

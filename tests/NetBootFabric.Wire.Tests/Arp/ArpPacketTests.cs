using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ethernet;

namespace NetBootFabric.Wire.Tests.Arp;

public sealed class ArpPacketTests
{
    private static readonly MacAddress Mine = MacAddress.Parse("52:54:00:77:00:fe"), Other = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1"), Client = Ipv4Address.Parse("10.77.0.11");

    [Fact]
    public void A_frame_carries_the_packet()
    {
        var frame = new byte[ArpPacket.FrameSize];
        var request = ArpPacket.Request(Mine, Server, Client);
        Assert.True(request.TryWriteFrame(frame, MacAddress.Broadcast));
        Assert.True(EthernetFrame.TryParse(frame, out var ethernet, out _));
        Assert.Equal(MacAddress.Broadcast, ethernet.Destination);
        Assert.Equal(Mine, ethernet.Source);
        Assert.True(ArpPacket.TryParse(ethernet.Payload, out var read, out _));
        Assert.Equal(request, read);
        Assert.False(request.TryWriteFrame(frame.AsSpan(1), MacAddress.Broadcast));
        Assert.False(request.TryWrite(frame.AsSpan(0, 27)));
    }

    [Theory]
    [InlineData(1, 6, ArpRefusal.NotEthernet)]
    [InlineData(4, 8, ArpRefusal.NotEthernet)]
    [InlineData(2, 0x86, ArpRefusal.NotIpv4)]
    [InlineData(5, 16, ArpRefusal.NotIpv4)]
    [InlineData(7, 0, ArpRefusal.UnknownOperation)]
    [InlineData(7, 3, ArpRefusal.UnknownOperation)]
    [InlineData(6, 1, ArpRefusal.UnknownOperation)]
    public void Other_kinds_of_address_and_operation_are_refused(int offset, byte value, ArpRefusal expected)
    {
        var packet = new byte[ArpPacket.Size];
        ArpPacket.Request(Mine, Server, Client).TryWrite(packet);
        packet[offset] = value;
        Assert.False(ArpPacket.TryParse(packet, out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public void A_packet_under_28_octets_is_refused(int length)
    {
        Assert.False(ArpPacket.TryParse(new byte[length], out _, out var refusal));
        Assert.Equal(ArpRefusal.TooShort, refusal);
    }

    [Fact]
    public void A_probe_claims_no_address()
    {
        var probe = ArpPacket.Probe(Mine, Client);
        Assert.True(probe.IsProbe);
        Assert.False(probe.IsAnnouncement);
        Assert.True(probe.SenderAddress.IsAny);
    }

    [Fact]
    public void An_announcement_names_one_address_twice()
    {
        var announcement = ArpPacket.Announcement(Mine, Server);
        Assert.True(announcement.IsAnnouncement);
        Assert.False(announcement.IsProbe);
        Assert.False(default(ArpPacket).IsAnnouncement);
    }

    [Fact]
    public void An_answer_goes_back_to_who_asked()
    {
        var answer = ArpPacket.Request(Other, Client, Server).Answer(Mine);
        Assert.Equal(new ArpPacket(ArpOperation.Reply, Mine, Server, Other, Client), answer);
    }

    [Fact]
    public void A_conflict_is_another_machine_with_or_after_the_address()
    {
        Assert.True(ArpPacket.Announcement(Other, Client).ConflictsWith(Mine, Client));
        Assert.True(ArpPacket.Probe(Other, Client).ConflictsWith(Mine, Client));
        Assert.False(ArpPacket.Announcement(Mine, Client).ConflictsWith(Mine, Client));
        Assert.False(ArpPacket.Probe(Mine, Client).ConflictsWith(Mine, Client));
        Assert.False(ArpPacket.Request(Other, Server, Client).ConflictsWith(Mine, Client));
    }
}

using NetBootFabric.Wire.Ethernet;

namespace NetBootFabric.Wire.Tests.Ethernet;

public sealed class EthernetFrameTests
{
    private static readonly byte[] Addresses = [0x52, 0x54, 0, 0x77, 0, 1, 0x52, 0x54, 0, 0x77, 0, 2];

    [Fact]
    public void A_frame_shows_its_addresses_type_and_payload()
    {
        var frame = Parse(0x08, 0x06, 1, 2, 3);
        Assert.Equal(MacAddress.Parse("52:54:00:77:00:01"), frame.Destination);
        Assert.Equal(MacAddress.Parse("52:54:00:77:00:02"), frame.Source);
        Assert.Equal(EtherType.Arp, frame.Type);
        Assert.Equal(0, frame.VlanId);
        Assert.Equal(new byte[] { 1, 2, 3 }, frame.Payload.ToArray());
    }

    [Fact]
    public void A_tag_is_skipped()
    {
        var frame = Parse(0x81, 0x00, 0x20, 0x07, 0x08, 0x00, 9);
        Assert.Equal(EtherType.Ipv4, frame.Type);
        Assert.Equal(7, frame.VlanId);
        Assert.Equal(new byte[] { 9 }, frame.Payload.ToArray());
    }

    [Fact]
    public void Of_two_tags_the_inner_one_names_the_vlan()
    {
        var frame = Parse(0x88, 0xA8, 0x00, 0x64, 0x81, 0x00, 0xFF, 0xFF, 0x08, 0x06);
        Assert.Equal(EtherType.Arp, frame.Type);
        Assert.Equal(0x0FFF, frame.VlanId);
        Assert.True(frame.Payload.IsEmpty);
    }

    [Theory]
    [InlineData(new byte[] { }, FrameRefusal.FrameTooShort)]
    [InlineData(new byte[] { 0x08 }, FrameRefusal.FrameTooShort)]
    [InlineData(new byte[] { 0x81, 0x00 }, FrameRefusal.FrameTooShort)]
    [InlineData(new byte[] { 0x81, 0x00, 0, 7 }, FrameRefusal.FrameTooShort)]
    [InlineData(new byte[] { 0x81, 0x00, 0, 7, 0x08 }, FrameRefusal.FrameTooShort)]
    [InlineData(new byte[] { 0x05, 0xFF }, FrameRefusal.NotEthernetII)]
    [InlineData(new byte[] { 0x81, 0x00, 0, 7, 0x00, 0x40 }, FrameRefusal.NotEthernetII)]
    [InlineData(new byte[] { 0x81, 0x00, 0, 1, 0x81, 0x00, 0, 2, 0x81, 0x00, 0, 3, 0x08, 0x00 }, FrameRefusal.TooManyTags)]
    public void A_header_that_ends_early_or_is_none_is_refused(byte[] rest, FrameRefusal expected)
    {
        Assert.False(EthernetFrame.TryParse([.. Addresses, .. rest], out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    private static EthernetFrame Parse(params byte[] rest)
    {
        Assert.True(EthernetFrame.TryParse((byte[])[.. Addresses, .. rest], out var frame, out _));
        return frame;
    }
}

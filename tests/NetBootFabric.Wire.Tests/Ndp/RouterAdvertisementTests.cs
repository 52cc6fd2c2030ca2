using NetBootFabric.Wire.Ndp;

namespace NetBootFabric.Wire.Tests.Ndp;

public sealed class RouterAdvertisementTests
{
    private static readonly MacAddress Server = MacAddress.Parse("52:54:00:77:00:fe"), Client = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly Ipv6Address Source = Ipv6Address.LinkLocal(Server);

    [Fact]
    public void What_is_written_is_read()
    {
        var full = new RouterAdvertisement { HopLimit = 64, IsManaged = true, HasOtherSettings = true, Lifetime = 1800, ReachableTime = 30_000, RetransmissionTimer = 1000 };
        foreach (var advertisement in new[] { default, full, full with { IsManaged = false }, full with { HasOtherSettings = false } })
        {
            Assert.True(RouterAdvertisement.TryParse(Packet(advertisement, Source), out var read, out _));
            Assert.Equal(advertisement, read);
        }
    }

    [Fact]
    public void The_default_one_promises_nothing()
    {
        var packet = Packet(default, Source);
        Assert.Equal(56, packet.Length); // no room for a prefix or any other option
        Assert.All(packet[44..], octet => Assert.Equal(0, octet));
    }

    [Fact]
    public void A_router_speaks_from_a_link_local_address()
    {
        Assert.False(RouterAdvertisement.TryParse(Packet(default, new Ipv6Address(1)), out _, out var refusal));
        Assert.Equal(NdpRefusal.BadSource, refusal);
    }

    [Fact]
    public void A_packet_that_ends_anywhere_is_refused()
    {
        var packet = Packet(default, Source);
        for (var length = 0; length < packet.Length; length++) Assert.False(RouterAdvertisement.TryParse(packet.AsSpan(0, length), out _, out _));
    }

    [Fact]
    public void A_buffer_that_is_too_small_takes_no_frame() =>
        Assert.False(default(RouterAdvertisement).TryWriteFrame(new byte[69], Server, Client, Source, Ipv6Address.AllNodes));

    private static byte[] Packet(RouterAdvertisement advertisement, Ipv6Address source)
    {
        var frame = new byte[RouterAdvertisement.FrameSize];
        Assert.True(advertisement.TryWriteFrame(frame, Server, Client, source, Ipv6Address.LinkLocal(Client)));
        return frame[14..];
    }
}

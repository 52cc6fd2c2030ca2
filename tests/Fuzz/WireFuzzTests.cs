using NetBootFabric.Boot.Flight;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Fuzz;

/// <summary>No octets make a parser throw, and whatever it takes can be looked at in full.</summary>
public sealed class WireFuzzTests
{
    [Fact]
    public void No_octets_harm_the_dhcp_parser() => FuzzRun.Run(Corpus(GoldenPackets.Dhcp), DhcpTarget.Feed);

    [Fact]
    public void No_octets_harm_the_tftp_parser() => FuzzRun.Run(Corpus(GoldenPackets.Tftp), TftpTarget.Feed);

    [Fact]
    public void No_octets_harm_the_frame_parsers() =>
        FuzzRun.Run([.. GoldenPackets.Captures.SelectMany(GoldenPackets.Frames).Select(frame => frame.Octets)], FeedFrame);

    [Fact]
    public void No_octets_harm_the_arp_parser() => FuzzRun.Run(Corpus(GoldenPackets.Arp), FeedArp);

    [Fact]
    public void No_octets_harm_the_router_discovery_parsers() =>
        FuzzRun.Run([.. GoldenPackets.Frames("router-solicitations").Select(frame => frame.Octets[14..]), NdpTarget.Advertisement()], NdpTarget.Feed);

    [Fact]
    public void No_octets_break_out_of_what_a_client_is_remembered_by()
    {
        FuzzRun.Run(Corpus(GoldenPackets.Dhcp), input => FlightTarget.Feed(FlightProtocol.Dhcp, input));
        FuzzRun.Run(Corpus(GoldenPackets.Tftp), input => FlightTarget.Feed(FlightProtocol.Tftp, input));
        FuzzRun.Run(Corpus(GoldenPackets.Arp), input => FlightTarget.Feed(FlightProtocol.Arp, input));
    }

    private static byte[][] Corpus(Func<string, IEnumerable<GoldenPacket>> packets) =>
        [.. GoldenPackets.Captures.SelectMany(packets).Select(packet => packet.Octets)];

    private static void FeedFrame(byte[] input)
    {
        if (EthernetFrame.TryParse(input, out var ethernet, out _)) _ = ethernet.Source.Value + ethernet.Destination.Value + ethernet.VlanId;
        if (UdpFrame.TryParse(input, out _, out var payload, out var refusal, verifyChecksum: false))
            Assert.InRange(payload.Length, 0, input.Length - UdpFrame.HeaderSize);
        else
            Assert.NotEqual(Wire.FrameRefusal.None, refusal);
        UdpFrame.TryParse(input, out _, out _, out _);
    }

    private static void FeedArp(byte[] input)
    {
        if (!ArpPacket.TryParse(input, out var packet, out var refusal))
        {
            Assert.NotEqual(ArpRefusal.None, refusal);
            return;
        }
        var written = new byte[ArpPacket.Size];
        Assert.True(packet.TryWrite(written));
        Assert.Equal(input[..ArpPacket.Size], written);
    }
}

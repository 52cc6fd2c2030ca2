using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Wire.Tests.Ip;

public sealed class TcpAckSegmentTests
{
    private static readonly TcpAckSegment Segment = new(Ipv4Address.Parse("10.77.0.1"), 80, Ipv4Address.Parse("10.77.0.11"), 49152, 0x01020304, 0xA1B2C3D4);

    /// <summary>Its checksums are those that tshark calls good.</summary>
    [Fact]
    public void An_acknowledgment_is_written_octet_by_octet()
    {
        var packet = new byte[TcpAckSegment.PacketSize];
        Random.Shared.NextBytes(packet);
        Segment.WriteAck(packet);
        Assert.Equal(
            "45000028" + "00004000" + "4006262B" + "0A4D0001" + "0A4D000B" +
            "0050C000" + "01020304" + "A1B2C3D4" + "5010FFFF" + "71510000", Convert.ToHexString(packet));
    }

    [Fact]
    public void It_is_an_IPv4_packet_and_its_checksum_covers_both_ends()
    {
        var packet = new byte[TcpAckSegment.PacketSize];
        Segment.WriteAck(packet);
        Assert.True(Ipv4Packet.TryParse(packet, out var read, out _));
        Assert.Equal((Segment.Source, Segment.Destination, Ipv4Packet.TcpProtocol, 20), (read.Source, read.Destination, read.Protocol, read.Payload.Length));
        Assert.Equal(0, InternetChecksum.Compute(read.Payload, (ulong)Segment.Source.Value + Segment.Destination.Value + 6 + 20));
    }
}

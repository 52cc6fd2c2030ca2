using System.Buffers.Binary;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Wire.Tests.Ip;

public sealed class UdpFrameTests
{
    private const int Ip = 14, Udp = 34;

    private static readonly UdpFrame Header = new()
    {
        SourceMac = MacAddress.Parse("52:54:00:77:00:fe"),
        DestinationMac = MacAddress.Parse("52:54:00:77:00:01"),
        Source = Ipv4Address.Parse("10.77.0.1"),
        SourcePort = 67,
        Destination = Ipv4Address.Parse("10.77.0.11"),
        DestinationPort = 68,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(1472)]
    [InlineData(65507)]
    public void What_is_written_is_read(int payloadLength)
    {
        var payload = new byte[payloadLength];
        new Random(payloadLength).NextBytes(payload);
        var frame = new byte[42 + payloadLength];
        Assert.True(Header.TryWrite(frame, payload, out var length));
        Assert.Equal(frame.Length, length);
        Assert.True(UdpFrame.TryParse(frame, out var header, out var read, out _));
        Assert.Equal(Header, header);
        Assert.Equal(payload, read.ToArray());
    }

    [Fact]
    public void A_buffer_or_datagram_that_is_too_small_makes_no_frame()
    {
        Assert.False(Header.TryWrite(new byte[342], new byte[301], out _));
        Assert.False(Header.TryWriteHeaders(new byte[70000], 65508, out _));
        Assert.False(Header.TryWriteHeaders(new byte[100], -1, out _));
    }

    [Fact]
    public void Padding_behind_the_datagram_is_no_payload()
    {
        Assert.True(UdpFrame.TryParse([.. Frame(), 0, 0, 0, 0], out _, out var payload, out _));
        Assert.Equal(4, payload.Length);
    }

    [Fact]
    public void Header_options_are_skipped()
    {
        var frame = Frame();
        byte[] longer = [.. frame[..Udp], 1, 1, 1, 0, .. frame[Udp..]];
        longer[Ip] = 0x46;
        longer[Ip + 3] += 4;
        SetHeaderChecksum(longer);
        Assert.True(UdpFrame.TryParse(longer, out _, out var payload, out var refusal), refusal.ToString());
        Assert.Equal(4, payload.Length);
    }

    [Fact]
    public void Without_a_udp_checksum_there_is_nothing_to_verify()
    {
        var frame = Frame();
        frame[Udp + 6] = frame[Udp + 7] = 0;
        Assert.True(UdpFrame.TryParse(frame, out _, out _, out _));
    }

    [Fact]
    public void A_wrong_udp_checksum_is_refused_unless_nobody_asks()
    {
        var frame = Frame();
        frame[^1] ^= 1;
        Assert.False(UdpFrame.TryParse(frame, out _, out _, out var refusal));
        Assert.Equal(FrameRefusal.BadUdpChecksum, refusal);
        Assert.True(UdpFrame.TryParse(frame, out _, out _, out _, verifyChecksum: false));
    }

    [Fact]
    public void A_checksum_that_comes_out_as_zero_is_sent_as_ones()
    {
        // The payload is chosen to be the checksum of the rest, which makes the sum all ones.
        var frame = new byte[44];
        Assert.True(Header.TryWrite(frame, new byte[2], out _));
        frame.AsSpan(Udp + 6, 2).CopyTo(frame.AsSpan(42));
        Assert.True(Header.TryWriteHeaders(frame, 2, out _));
        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(Udp + 6)));
        Assert.True(UdpFrame.TryParse(frame, out _, out _, out _));
    }

    [Theory]
    [InlineData(12, 0x86, FrameRefusal.OtherEtherType)]
    [InlineData(Ip, 0x65, FrameRefusal.NotIpv4)]
    [InlineData(Ip, 0x44, FrameRefusal.BadHeaderLength)]
    [InlineData(Ip, 0x4F, FrameRefusal.BadHeaderLength)]
    [InlineData(Ip + 3, 19, FrameRefusal.BadTotalLength)]
    [InlineData(Ip + 3, 33, FrameRefusal.BadTotalLength)]
    [InlineData(Ip + 2, 0xFF, FrameRefusal.BadTotalLength)]
    [InlineData(Ip + 6, 0x20, FrameRefusal.Fragment)]
    [InlineData(Ip + 7, 0x01, FrameRefusal.Fragment)]
    [InlineData(Ip + 9, 6, FrameRefusal.NotUdp)]
    [InlineData(Ip + 3, 27, FrameRefusal.UdpTooShort)]
    [InlineData(Udp + 5, 7, FrameRefusal.BadUdpLength)]
    [InlineData(Udp + 5, 13, FrameRefusal.BadUdpLength)]
    public void A_field_that_lies_is_refused(int offset, byte value, FrameRefusal expected)
    {
        var frame = Frame();
        frame[offset] = value;
        SetHeaderChecksum(frame);
        Assert.False(UdpFrame.TryParse(frame, out _, out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void A_wrong_header_checksum_is_refused()
    {
        var frame = Frame();
        frame[Ip + 10] ^= 1;
        Assert.False(UdpFrame.TryParse(frame, out _, out _, out var refusal));
        Assert.Equal(FrameRefusal.BadHeaderChecksum, refusal);
    }

    [Fact]
    public void A_frame_that_ends_anywhere_is_refused()
    {
        var frame = Frame();
        for (var length = 0; length < frame.Length; length++) Assert.False(UdpFrame.TryParse(frame.AsSpan(0, length), out _, out _, out _));
    }

    [Theory]
    [InlineData(new byte[] { }, 0xFFFF)]
    [InlineData(new byte[] { 0x12 }, 0xEDFF)]
    // The example of RFC 1071 §3: the words sum up to 0xDDF2.
    [InlineData(new byte[] { 0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7 }, 0x220D)]
    public void The_checksum_is_the_complement_of_the_sum(byte[] octets, int expected) => Assert.Equal(expected, InternetChecksum.Compute(octets));

    private static byte[] Frame()
    {
        var frame = new byte[46];
        Assert.True(Header.TryWrite(frame, [1, 2, 3, 4], out _));
        return frame;
    }

    /// <summary>Over the 20 or 24 octets that the header has in these tests.</summary>
    private static void SetHeaderChecksum(byte[] frame)
    {
        var header = frame.AsSpan(Ip, frame[Ip] == 0x46 ? 24 : 20);
        header[10] = header[11] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Compute(header));
    }
}

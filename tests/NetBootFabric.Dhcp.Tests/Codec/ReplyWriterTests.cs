using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Dhcp.Tests.Server;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Dhcp.Tests.Codec;

public sealed class ReplyWriterTests
{
    private static readonly Ipv4Address Relay = Ipv4Address.Parse("10.78.0.1");

    [Fact]
    public void Tshark_finds_no_fault_with_the_answers_to_real_clients()
    {
        var frames = new List<byte[]>();
        foreach (var capture in GoldenPackets.Captures)
        {
            var directory = new RoomDirectory(RoomDirectory.Room);
            foreach (var discover in Packets.Inquiries(capture).Where(inquiry => inquiry.Type == DhcpMessageType.Discover))
            {
                var offer = directory.Answer(discover, out _)!;
                var request = discover with { Type = DhcpMessageType.Request, RequestedAddress = offer.YourAddress, ServerIdentifier = discover.Ingress.LocalAddress };
                var refused = request with { TransactionId = ~discover.TransactionId, RequestedAddress = Ipv4Address.Parse("10.99.0.1"), VendorClass = "", UserClass = "" };
                foreach (var inquiry in new[] { request, refused, request with { Type = DhcpMessageType.Inform, ClientAddress = offer.YourAddress } })
                    frames.Add(Frame(directory.Answer(inquiry, out _)!));
                frames.Add(Frame(offer));
            }
        }
        Assert.True(frames.Count > 50);
        var types = Tshark.DecodeClean(frames, "dhcp.option.dhcp").Select(row => Assert.Single(row[0])).ToHashSet();
        Assert.Equal(["2", "5", "6"], types.Order());
    }

    [Fact]
    public void A_boot_file_goes_to_the_field_and_when_too_long_to_option_67()
    {
        var longest = "http://" + new string('a', 120);
        Parse(Answer() with { BootFile = longest }, packet =>
        {
            Assert.Equal(longest, System.Text.Encoding.ASCII.GetString(packet.File));
            Assert.False(packet.Contains(67));
        });
        Parse(Answer() with { BootFile = longest + "b" }, packet =>
        {
            Assert.True(packet.File.IsEmpty);
            Assert.True(packet.TryGetOctets(67, out var url));
            Assert.Equal(longest + "b", System.Text.Encoding.ASCII.GetString(url));
        });
        Assert.False(ReplyWriter.TryWrite(Answer() with { BootFile = new string('a', 256) }, new byte[ReplyWriter.LargestMessage], out _));
    }

    [Fact]
    public void Option_82_is_echoed_last_even_when_other_options_find_no_room()
    {
        byte[] information = [1, 200, .. Enumerable.Repeat((byte)7, 200)];
        var answer = Answer(inquiry => inquiry with { RelayAddress = Relay, RelayInformation = information });
        answer = answer with { Options = [.. answer.Options, new(17, new byte[250]), new(18, new byte[250])] };
        Parse(answer, packet =>
        {
            Assert.True(packet.TryGetOctets(82, out var echo));
            Assert.Equal(information, echo.ToArray());
            byte last = 0;
            for (var walk = packet.Octets[240..]; walk[0] != 255; walk = walk[(2 + walk[1])..]) last = walk[0];
            Assert.Equal(82, last);
            Assert.Equal(Relay, packet.Giaddr);
        });
    }

    [Theory]
    [InlineData(0, 548)]
    [InlineData(300, 548)]
    [InlineData(576, 548)]
    [InlineData(1000, 972)]
    [InlineData(1500, 1472)]
    [InlineData(9000, 1472)]
    public void No_message_is_longer_than_the_client_takes(ushort maximum, int limit)
    {
        var answer = Answer(inquiry => inquiry with { MaximumMessageSize = maximum });
        var filler = Enumerable.Range(224, 20).Select(code => new DhcpOptionValue((byte)code, new byte[120]));
        var octets = Packets.Write(answer with { BootFile = "pxelinux.0", Options = [.. answer.Options, .. filler] });
        Assert.InRange(octets.Length, limit - 125, limit);
        Assert.True(DhcpPacket.TryParse(octets, new byte[octets.Length], out var packet, out _));
        Assert.True(packet.Contains(54) && packet.Contains(51));
    }

    [Fact]
    public void What_fits_neither_the_options_field_goes_to_the_unused_names()
    {
        var answer = Answer(inquiry => inquiry with { MaximumMessageSize = 0 });
        Parse(answer with { Options = [.. answer.Options, new(17, new byte[200]), new(43, new byte[100])] }, packet =>
        {
            Assert.True(packet.Contains(52));
            Assert.True(packet.TryGetOctets(43, out var moved) && moved.Length == 100);
        });
    }

    [Fact]
    public void A_NAK_through_a_relay_agent_is_to_be_broadcast()
    {
        Parse(Answer(inquiry => inquiry with { RelayAddress = Relay }) with { Type = DhcpMessageType.Nak }, packet => Assert.True(packet.WantsBroadcast));
        Parse(Answer() with { Type = DhcpMessageType.Nak }, packet => Assert.False(packet.WantsBroadcast));
    }

    [Fact]
    public void Header_fields_are_those_of_table_3()
    {
        var answer = Answer() with { Type = DhcpMessageType.Ack, ClientAddress = Relay, NextServer = Relay, ServerName = "head1" };
        Parse(answer, packet =>
        {
            Assert.Equal(DhcpOp.Reply, packet.Op);
            Assert.Equal((byte)0, packet.Hops);
            Assert.Equal(answer.Inquiry.TransactionId, packet.Xid);
            Assert.Equal((ushort)0, packet.Secs);
            Assert.Equal(Relay, packet.Ciaddr);
            Assert.Equal(answer.YourAddress, packet.Yiaddr);
            Assert.Equal(Relay, packet.Siaddr);
            Assert.Equal(Packets.Client, packet.Chaddr);
            Assert.Equal("head1"u8, packet.Sname);
        });
    }

    private static DhcpAnswer Answer(Func<DhcpInquiry, DhcpInquiry>? change = null)
    {
        var discover = Packets.Read(Packets.Request((53, [1]), (55, [1, 3, 6]))).Inquiry!;
        var answer = new RoomDirectory(RoomDirectory.Room).Answer(discover, out _)!;
        return change is null ? answer : answer with { Inquiry = change(discover) };
    }

    private delegate void Check(DhcpPacket packet);

    private static void Parse(DhcpAnswer answer, Check check)
    {
        var octets = Packets.Write(answer);
        Assert.True(DhcpPacket.TryParse(octets, new byte[octets.Length], out var packet, out var refusal), refusal.ToString());
        check(packet);
    }

    private static byte[] Frame(DhcpAnswer answer)
    {
        var frame = new UdpFrame
        {
            SourceMac = MacAddress.Parse("52:54:00:00:00:01"),
            DestinationMac = MacAddress.Broadcast,
            Source = answer.Inquiry.Ingress.LocalAddress,
            SourcePort = 67,
            Destination = Ipv4Address.Broadcast,
            DestinationPort = 68,
        };
        var octets = new byte[1514];
        Assert.True(frame.TryWrite(octets, Packets.Write(answer), out var length));
        return octets[..length];
    }
}

using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Wire.Tests.Dhcp;

public sealed class DhcpWriterTests
{
    private static readonly MacAddress Mac = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");

    private readonly byte[] _request = new byte[1472];
    private readonly byte[] _reply = new byte[1472];
    private readonly byte[] _scratch = new byte[1472];

    [Fact]
    public void An_answer_carries_what_the_request_named()
    {
        var reply = Parse(_reply, Reply(Request(1472), (ref writer) => writer.Add(DhcpOptions.ServerIdentifier, Server)));

        Assert.Equal(DhcpOp.Reply, reply.Op);
        Assert.Equal(0x12345678u, reply.Xid);
        Assert.True(reply.WantsBroadcast);
        Assert.Equal(Mac, reply.Chaddr);
        Assert.True(reply.TryGet(DhcpOptions.ServerIdentifier, out var server));
        Assert.Equal(Server, server);
        Assert.True(reply.TryGet(DhcpOptions.RelayAgentInformation, out var relay));
        Assert.True(relay.TryGet(RelayAgentOptions.CircuitId, out var circuit));
        Assert.Equal("port7"u8, circuit);
    }

    [Fact]
    public void The_shortest_message_is_padded_to_300_octets() =>
        Assert.Equal(300, Reply(Request(1472), (ref writer) => writer.Add(DhcpOptions.MessageType, DhcpMessageType.Offer)));

    [Fact]
    public void A_buffer_under_300_octets_makes_no_message()
    {
        var writer = new DhcpWriter(new byte[299], DhcpOp.Reply) { Xid = 1, Chaddr = Mac };
        writer.SetFile("x"u8);
        writer.Add(DhcpOptions.ServerIdentifier, Server);
        Assert.False(writer.TryFinish(out _));
    }

    [Fact]
    public void Options_that_do_not_fit_move_to_file_and_sname()
    {
        var length = Reply(Request(576), (ref writer) =>
        {
            writer.Add(DhcpOptions.MessageType, DhcpMessageType.Ack);
            writer.AddOctets(200, new byte[255]);
            writer.AddOctets(201, new byte[120]);
            writer.AddOctets(202, new byte[60]);
        });
        Assert.InRange(length, 300, 548); // 548 = 576 - 28
        var reply = Parse(_reply, length);
        Assert.True(reply.TryGetOctets(52, out var overload));
        Assert.Equal(new byte[] { 3 }, overload.ToArray());
        Assert.Equal(255, Length(reply, 200));
        Assert.Equal(120, Length(reply, 201));
        Assert.Equal(60, Length(reply, 202));
        Assert.True(reply.Sname.IsEmpty && reply.File.IsEmpty);
    }

    [Fact]
    public void Names_keep_their_fields_from_options()
    {
        var length = Reply(Request(576), (ref writer) =>
        {
            writer.SetFile("undionly.kpxe"u8);
            writer.SetSname("head1"u8);
            writer.AddOctets(200, new byte[255]);
            Assert.False(writer.TryAddOctets(201, new byte[60]));
        });
        var reply = Parse(_reply, length);
        Assert.Equal("undionly.kpxe"u8, reply.File);
        Assert.Equal("head1"u8, reply.Sname);
        Assert.False(reply.Contains(201));
    }

    [Fact]
    public void A_long_option_is_split_and_joined_again()
    {
        var value = new byte[700];
        new Random(7).NextBytes(value);
        var reply = Parse(_reply, Reply(Request(1472), (ref writer) => writer.AddOctets(200, value)));
        Assert.True(reply.TryGetOctets(200, out var octets));
        Assert.Equal(value, octets.ToArray());
    }

    [Fact]
    public void What_was_left_out_leaves_no_trace()
    {
        var length = Reply(Request(576), (ref writer) =>
        {
            writer.AddOctets(200, new byte[200]);
            Assert.False(writer.TryAddOctets(201, Enumerable.Repeat((byte)0xAA, 600).ToArray()));
        });
        Assert.DoesNotContain((byte)0xAA, _reply[..length]);
    }

    private delegate void Fill(ref DhcpWriter writer);

    private int Reply(int requestLength, Fill fill)
    {
        var writer = DhcpWriter.ReplyTo(Parse(_request, requestLength), _reply);
        fill(ref writer);
        Assert.True(writer.TryFinish(out var length));
        return length;
    }

    private int Request(ushort maximumMessageSize)
    {
        var relay = new EncapsulatedWriter(stackalloc byte[32]);
        relay.Add(RelayAgentOptions.CircuitId, "port7"u8);
        Assert.True(relay.TryFinish(out var relayInformation));
        var writer = new DhcpWriter(_request, DhcpOp.Request) { Xid = 0x12345678, Flags = DhcpPacket.BroadcastFlag, Chaddr = Mac };
        writer.Add(DhcpOptions.MessageType, DhcpMessageType.Discover);
        writer.Add(DhcpOptions.MaximumMessageSize, maximumMessageSize);
        writer.Add(DhcpOptions.RelayAgentInformation, relayInformation);
        Assert.True(writer.TryFinish(out var length));
        return length;
    }

    private DhcpPacket Parse(byte[] octets, int length)
    {
        Assert.True(DhcpPacket.TryParse(octets.AsSpan(0, length), _scratch, out var packet, out var refusal), refusal.ToString());
        return packet;
    }

    private static int Length(in DhcpPacket packet, byte code) => packet.TryGetOctets(code, out var octets) ? octets.Length : -1;
}

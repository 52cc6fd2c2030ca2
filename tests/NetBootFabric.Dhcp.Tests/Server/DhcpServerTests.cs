using System.Diagnostics;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Dhcp.Tests.Codec;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Testing.Flights;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;
using static NetBootFabric.Dhcp.Tests.Server.RoomDirectory;

namespace NetBootFabric.Dhcp.Tests.Server;

/// <summary>The real sockets, between two network namespaces.</summary>
public sealed class DhcpServerTests : IDisposable
{
    private static readonly MacAddress ServerMac = MacAddress.Parse("52:54:00:00:00:01");
    private static readonly (byte, byte[]) Discover = (53, [1]);
    private static readonly (byte, byte[]) Request = (53, [3]);
    private static readonly (byte, byte[]) ServerIdentifier = (54, [10, 77, 0, 1]);
    private static readonly (byte, byte[]) PxeClient = (60, "PXEClient:Arch:00007:UNDI:003000"u8.ToArray());

    private readonly NetworkNamespace _head = new();
    private readonly NetworkNamespace _room = new();
    private readonly RoomDirectory _directory;
    private readonly FlightLines _flight = new(Packets.Client);
    private DhcpServer? _server;
    private RawClient? _client;

    public DhcpServerTests()
    {
        _directory = new RoomDirectory(RoomDirectory.Room);
        _head.Join(_room, "head0", "room0", ServerMac.ToString(), Packets.Client.ToString());
        _head.Here("addr add 10.77.0.1/16 dev head0");
    }

    [Fact]
    public void A_client_without_an_address_gets_its_OFFER_and_its_ACK_as_frames_of_its_own()
    {
        Start(_directory);
        _client!.Send(Packets.Request(Discover, PxeClient));
        var offer = _client.Receive();
        Assert.Equal(Packets.Client, offer.To);
        Assert.Equal(ServerMac, offer.Udp.SourceMac);
        Assert.Equal((Ip("10.77.0.1"), 67, 68), (offer.Udp.Source, offer.Udp.SourcePort, offer.Udp.DestinationPort));
        var address = Parse(offer.Message, DhcpMessageType.Offer);
        Assert.Equal(address, offer.Udp.Destination);

        _client.Send(Packets.Request(Request, PxeClient, ServerIdentifier, (50, Octets(address))));
        var ack = _client.Receive();
        Assert.Equal(Packets.Client, ack.To);
        Assert.Equal(address, Parse(ack.Message, DhcpMessageType.Ack));
        Assert.Equal(Packets.Client.Value, NeighbourAt(address)?.Mac);
        Await(() => _server!.Counters.Answered(DhcpMessageType.Ack) == 1);
        Assert.Equal(1, _server!.Counters.Answered(DhcpMessageType.Offer));
        Assert.Equal(0, _server.Counters.SendErrors + _server.Counters.NeighbourErrors + _server.Counters.Faults);
    }

    [Fact]
    public void What_came_what_left_and_why_nothing_left_is_recorded()
    {
        Start(_directory);
        _client!.Send(Packets.Request(Discover, PxeClient));
        _client.Receive();
        _client.Send(Packets.Request(Request, PxeClient, (54, [10, 77, 0, 99]), (50, [10, 77, 1, 1])));
        _client.Send(Packets.Request((53, [0x1B])));

        FlightLines.Await(() => _flight.Lines.Count == 6);
        Assert.StartsWith("< DISCOVER, \"PXEClient:Arch:00007", _flight.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("> OFFER of 10.77.", _flight.Lines[1], StringComparison.Ordinal);
        Assert.Equal(["< REQUEST of 10.77.1.1 to server 10.77.0.99", "* no answer: the client chose another DHCP server (option 54)", "< message type 27", "* unusable: NotAClientsMessage"], _flight.Lines.Skip(2).Select(line => line.StartsWith("< REQUEST", StringComparison.Ordinal) ? line.Split(',')[0] : line));
    }

    [Fact]
    public void Broadcasts_are_answered_from_the_address_that_is_served_on_now()
    {
        var served = Ip("10.77.0.11");
        Start(_directory, _ => served);
        _client!.Send(Packets.Request(Discover, PxeClient)); // answered by a frame: no matter whether the address is there yet
        Served(Ip("10.77.0.11"), _client.Receive());

        _head.Here("addr add 10.77.0.12/32 dev head0");
        served = Ip("10.77.0.12");
        var flagged = Packets.Request(Discover, PxeClient);
        flagged[10] = 0x80; // flags: answered by a broadcast
        _client.Send(flagged);
        Served(Ip("10.77.0.12"), _client.Receive());

        served = Ipv4Address.Any;
        _client.Send(Packets.Request(Discover, PxeClient));
        Served(Ip("10.77.0.1"), _client.Receive());
        Assert.Equal(0, _server!.Counters.SendErrors);
    }

    [Fact]
    public void What_was_sent_to_one_address_is_answered_from_that_one()
    {
        _head.Here("addr add 10.77.0.12/32 dev head0");
        _room.Here("addr add 10.77.1.7/16 dev room0");
        Start(_directory, _ => Ip("10.77.0.11"));
        var renewal = Packets.Request(Request);
        Octets(Ip("10.77.1.7")).CopyTo(renewal, 12); // ciaddr
        foreach (var asked in new[] { Ip("10.77.0.12"), Ip("10.77.0.1") })
        {
            _client!.Send(renewal, Ip("10.77.1.7"), asked, ServerMac);
            Served(asked, _client.Receive());
        }
    }

    [Fact]
    public void The_broadcast_flag_gets_a_broadcast()
    {
        Start(_directory);
        var discover = Packets.Request(Discover, PxeClient);
        discover[10] = 0x80; // flags
        _client!.Send(discover);
        var offer = _client.Receive();
        Assert.Equal((MacAddress.Broadcast, Ipv4Address.Broadcast), (offer.To, offer.Udp.Destination));
    }

    [Fact]
    public void A_relay_agent_gets_the_answer_at_its_own_address_and_port()
    {
        _room.Here("addr add 10.78.0.1/24 dev room0");
        _head.Here("route add 10.78.0.0/24 dev head0");
        Start(_directory);
        var relay = Ip("10.78.0.1");
        _client!.Send(Packets.Request(relay, Discover, PxeClient, (82, [1, 2, 3, 4])), relay, Ip("10.77.0.1"), ServerMac, fromPort: 67);
        var offer = _client.Receive();
        Assert.Equal((relay, 67), (offer.Udp.Destination, offer.Udp.DestinationPort));
        Assert.Equal("10.78.0.", Parse(offer.Message, DhcpMessageType.Offer).ToString()[..8]);
    }

    [Fact]
    public void A_relay_agent_of_a_strange_subnet_is_dismissed_and_counted()
    {
        Start(_directory);
        _client!.Send(Packets.Request(Ip("10.99.0.1"), Discover), Ip("10.99.0.1"), Ip("10.77.0.1"), ServerMac, fromPort: 67);
        Await(() => _server!.Counters.Dismissed(DhcpDismissal.NoSubnet) == 1);
    }

    [Fact]
    public void A_client_that_renews_is_answered_at_its_address()
    {
        _room.Here("addr add 10.77.1.7/16 dev room0");
        Start(_directory);
        var renewal = Packets.Request(Request);
        Octets(Ip("10.77.1.7")).CopyTo(renewal, 12); // ciaddr
        _client!.Send(renewal, Ip("10.77.1.7"), Ip("10.77.0.1"), ServerMac);
        var ack = _client.Receive();
        Assert.Equal((Packets.Client, Ip("10.77.1.7")), (ack.To, ack.Udp.Destination));
        Assert.Equal(Ip("10.77.1.7"), Parse(ack.Message, DhcpMessageType.Ack));
    }

    [Fact]
    public void A_proxy_answers_on_port_4011_to_where_the_request_came_from()
    {
        _room.Here("addr add 10.77.1.7/16 dev room0");
        Start(new RoomDirectory(RoomDirectory.Room with { Service = DhcpService.Proxy }));
        _client!.Send(Packets.Request(Discover, PxeClient));
        var offer = _client.Receive();
        Assert.Equal(Ipv4Address.Any, Parse(offer.Message, DhcpMessageType.Offer));

        var request = Packets.Request(Request, PxeClient);
        Octets(Ip("10.77.1.7")).CopyTo(request, 12); // ciaddr
        _client.Send(request, Ip("10.77.1.7"), Ip("10.77.0.1"), ServerMac, port: 4011);
        var ack = _client.Receive();
        Assert.Equal((Ip("10.77.1.7"), 4011, 68), (ack.Udp.Destination, ack.Udp.SourcePort, ack.Udp.DestinationPort));
        Assert.Equal(Ipv4Address.Any, Parse(ack.Message, DhcpMessageType.Ack));
    }

    [Fact]
    public void What_is_no_clients_packet_is_counted_and_the_next_one_is_heard()
    {
        Start(_directory);
        var reply = Packets.Request(Discover);
        reply[0] = 2; // BOOTREPLY
        _client!.Send(reply);
        _client.Send([1, 2, 3]);
        _client.Send(Packets.Request());
        _client.Send(Packets.Request((53, [8]))); // INFORM without an address
        _client.Send(Packets.Request(Discover, PxeClient));
        Parse(_client.Receive().Message, DhcpMessageType.Offer);
        var counters = _server!.Counters;
        Assert.Equal(1, counters.Ignored);
        Assert.Equal(1, counters.Rejected(InquiryRefusal.TooShort));
        Assert.Equal(1, counters.Rejected(InquiryRefusal.NoMessageType));
        Assert.Equal(2, counters.TotalRejected);
        Assert.Equal(1, counters.Dismissed(DhcpDismissal.Malformed));
        Assert.Equal(2, counters.TotalInquired);
    }

    [Fact]
    public void A_directory_that_fails_costs_one_packet()
    {
        Start(new FailingOnce(_directory));
        _client!.Send(Packets.Request(Discover, PxeClient));
        _client.Send(Packets.Request(Discover, PxeClient));
        Parse(_client.Receive().Message, DhcpMessageType.Offer);
        Assert.Equal(1, _server!.Counters.Faults);
        Assert.IsType<InvalidOperationException>(_server.Counters.LastFault);
    }

    [Fact]
    public void A_burst_of_DISCOVERs_waits_in_the_receive_buffer()
    {
        const int Burst = 5000;
        _server = _head.Run(() => DhcpServer.Open(new DhcpServerOptions { Interfaces = ["head0"] }, _directory));
        _client = _room.Run(() => new RawClient(InterfaceTable.Get("room0").Index, Packets.Client));
        for (var i = 0; i < Burst; i++)
        {
            var discover = Packets.Request(Discover, PxeClient, (97, new byte[17]), (55, new byte[35]));
            new MacAddress(0x5254_0100_0000u + (ulong)i).Write(discover.AsSpan(28)); // chaddr
            _client.Send(discover);
        }
        _server.Start();
        Await(() => _server.Counters.TotalInquired == Burst);
        Assert.Equal(0, _server.Drops);
        Assert.True(_server.ReceiveBufferBytes >= 16 * 1024 * 1024);
    }

    [Fact]
    public void An_interface_that_is_not_there_is_named_in_the_error()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _head.Run(() => DhcpServer.Open(new DhcpServerOptions { Interfaces = ["eth9"] }, _directory)));
        Assert.Contains("eth9", error.Message, StringComparison.Ordinal);
        Assert.IsType<SocketSetupException>(error.InnerException);
    }

    public void Dispose()
    {
        _server?.Dispose();
        _client?.Dispose();
        _head.Dispose();
        _room.Dispose();
    }

    private static void Served(Ipv4Address address, (MacAddress To, UdpFrame Udp, byte[] Message) heard)
    {
        Assert.Equal(address, heard.Udp.Source);
        Assert.True(DhcpPacket.TryParse(heard.Message, out var packet, out _));
        Assert.True(packet.TryGet(DhcpOptions.ServerIdentifier, out var identifier));
        Assert.Equal(address, identifier);
    }

    private void Start(IBootDirectory directory, Func<string, Ipv4Address>? serve = null)
    {
        _server = _head.Run(() => DhcpServer.Open(new DhcpServerOptions { Interfaces = ["head0"], Serve = serve, Recorder = _flight.Recorder }, directory));
        _server.Start();
        _client = _room.Run(() => new RawClient(InterfaceTable.Get("room0").Index, Packets.Client));
    }

    private NeighbourEntry? NeighbourAt(Ipv4Address address) => _head.Run<NeighbourEntry?>(() =>
    {
        using var table = new NeighbourTable();
        var entries = new List<NeighbourEntry>();
        table.Dump(0, entries);
        return entries.Find(entry => entry.Address == address.Value);
    });

    private static Ipv4Address Parse(byte[] message, DhcpMessageType type)
    {
        Assert.True(DhcpPacket.TryParse(message, out var packet, out var refusal), refusal.ToString());
        Assert.Equal(type, packet.MessageType);
        return packet.Yiaddr;
    }

    private static byte[] Octets(Ipv4Address address)
    {
        var octets = new byte[4];
        address.Write(octets);
        return octets;
    }

    private static void Await(Func<bool> condition)
    {
        var limit = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(20), "it did not happen");
            Thread.Yield();
        }
    }

    private sealed class FailingOnce(IBootDirectory directory) : IBootDirectory
    {
        private bool _failed;

        public void Attach(int listener, IDhcpReplies replies) => directory.Attach(listener, replies);

        public void Submit(DhcpInquiry inquiry)
        {
            if (_failed) directory.Submit(inquiry);
            else
            {
                _failed = true;
                throw new InvalidOperationException("the fabric is broken");
            }
        }
    }
}

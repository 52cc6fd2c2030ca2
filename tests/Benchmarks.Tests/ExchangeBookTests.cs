using NetBootFabric.Benchmarks.DhcpLoad;
using NetBootFabric.Benchmarks.Limits;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Benchmarks.Tests;

public sealed class ExchangeBookTests
{
    private const uint FirstXid = 0x0500_0000;
    private static readonly Ipv4Address Relay = new(0x0A40_0002);

    private readonly PxeMessage _discover = new(DhcpMessageType.Discover, Relay), _request = new(DhcpMessageType.Request, Relay);
    private readonly byte[] _answer = new byte[600];
    private readonly ExchangeBook _book = new(
        new LoadOptions { Server = new UdpEndpoint(1, 67), Relay = Relay.Value, Clients = 3, InFlight = 2, Retries = 1 }, FirstXid);

    [Fact]
    public void No_more_exchanges_begin_than_may_be_in_flight()
    {
        Assert.Equal([0, 1], BeginAll());
        Assert.Equal(Move.Request, Answer(_discover, 0));
        Assert.Equal(Move.Over, Answer(_request, 0));
        Assert.Equal([2], BeginAll());
    }

    [Fact]
    public void An_exchange_is_complete_with_its_ACK()
    {
        BeginAll();
        Answer(_discover, 1);
        Answer(_request, 1);
        Assert.Equal((1, 0, 1), (_book.Completed, _book.Failed, _book.Milliseconds.Count));
    }

    [Fact]
    public void An_ACK_without_a_REQUEST_and_a_second_OFFER_are_passed_over()
    {
        BeginAll();
        Assert.Equal(Move.None, Answer(_request, 0));
        Assert.Equal(Move.Request, Answer(_discover, 0));
        Assert.Equal(Move.None, Answer(_discover, 0));
    }

    [Fact]
    public void An_answer_to_a_client_that_did_not_ask_is_passed_over()
    {
        BeginAll();
        Assert.Equal(Move.None, Answer(_discover, 2));
        Assert.Equal(Move.None, Answer(_discover, -1));
    }

    [Fact]
    public void An_address_that_two_clients_get_is_counted()
    {
        BeginAll();
        foreach (var client in (int[])[0, 1])
        {
            Answer(_discover, client, new MacAddress(0xFF));
            Answer(_request, client, new MacAddress(0xFF));
        }
        Assert.Equal((2, 1), (_book.Completed, _book.Doubled));
    }

    [Fact]
    public void Silence_is_repeated_and_then_a_failure()
    {
        BeginAll();
        var repeated = new List<(int, Move)>();
        _book.Expire(TimeSpan.FromSeconds(0.5), (client, move) => repeated.Add((client, move)));
        Assert.Empty(repeated);
        _book.Expire(TimeSpan.FromSeconds(1), (client, move) => repeated.Add((client, move)));
        Assert.Equal([(0, Move.Discover), (1, Move.Discover)], repeated.Order());
        _book.Expire(TimeSpan.FromSeconds(2), (_, _) => Assert.Fail("the retries are used up"));
        Assert.Equal(2, _book.Failed);
    }

    [Fact]
    public void A_REQUEST_names_the_server_and_the_address_and_the_client()
    {
        var mac = new MacAddress(0x0262_0000_0007);
        Assert.True(DhcpPacket.TryParse(_request.For(9, mac, new Ipv4Address(1), new Ipv4Address(2)), out var packet, out _));
        Assert.Equal((9u, mac, Relay), (packet.Xid, packet.Chaddr, packet.Giaddr));
        Assert.True(packet.TryGet(DhcpOptions.ServerIdentifier, out var server));
        Assert.True(packet.TryGet(DhcpOptions.RequestedAddress, out var address));
        Assert.Equal((1u, 2u), (server.Value, address.Value));
        Assert.True(packet.TryGetOctets(DhcpOptions.MachineIdentifier.Code, out var machine));
        Assert.Equal(mac, MacAddress.Read(machine[11..]));
    }

    private List<int> BeginAll()
    {
        var begun = new List<int>();
        while (_book.TryBegin(TimeSpan.Zero, out var client)) begun.Add(client);
        return begun;
    }

    /// <summary>What follows when the server that does no work answers the client's message; it gives the address that the last octets of a MAC address say.</summary>
    private Move Answer(PxeMessage message, int client, MacAddress? addressOf = null)
    {
        var mac = _book.MacOf(client);
        var request = message.For(_book.XidOf(client), addressOf ?? mac);
        Assert.True(DhcpMirror.TryMirror(request, _answer, server: 1));
        if (addressOf is not null) mac.Write(_answer.AsSpan(28)); // chaddr
        Assert.True(DhcpPacket.TryParse(_answer.AsSpan(0, request.Length), out var packet, out _));
        return _book.Take(packet, TimeSpan.FromMilliseconds(1), out _);
    }
}

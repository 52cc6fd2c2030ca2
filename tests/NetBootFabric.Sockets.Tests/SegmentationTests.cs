namespace NetBootFabric.Sockets.Tests;

public sealed class SegmentationTests
{
    [Fact]
    public void Blocks_larger_than_the_path_go_one_by_one_and_all_arrive()
    {
        using var wire = new Wired();
        wire.Client.Here("address add 10.9.0.2/24 dev eth0");
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions()));
        using var client = wire.Client.Run(() => DatagramSocket.Open(new DatagramSocketOptions { ReceiveBufferBytes = 4 << 20 }));
        var to = new UdpEndpoint(Wired.ClientAddress, client.LocalPort);
        var batch = new SendBatch(20, 20 * 4000);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(batch.TryReserve(4000, to, default, out var payload)); // more than an MTU of 1500: fragments
            payload.Fill((byte)i);
        }

        Assert.Equal(new SendResult(20, 0, Errno.None), server.Send(batch));
        Assert.Equal(3999, server.SegmentLimit);
        var received = Loopback.Collect(client, 20, size: 4096);
        Assert.Equal(Enumerable.Range(0, 20), received.Select(payload => (int)payload[0]));
        Assert.All(received, payload => Assert.Equal(4000, payload.Length));
    }

    [Fact]
    public void Blocks_that_fit_the_path_arrive_whole_over_a_real_interface()
    {
        using var wire = new Wired();
        wire.Client.Here("address add 10.9.0.2/24 dev eth0");
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Fragmentation = Fragmentation.Forbidden }));
        using var client = wire.Client.Run(() => DatagramSocket.Open(new DatagramSocketOptions { ReceiveBufferBytes = 4 << 20 }));
        var batch = new SendBatch();
        for (var i = 0; i < 64; i++)
        {
            batch.TryReserve(1472, new UdpEndpoint(Wired.ClientAddress, client.LocalPort), default, out var payload); // 1500 - 20 IPv4 - 8 UDP
            payload.Fill((byte)i);
        }

        Assert.Equal(64, server.Send(batch).Sent);
        var received = Loopback.Collect(client, 64);
        Assert.Equal(Enumerable.Range(0, 64), received.Select(payload => (int)payload[1471]));
        Assert.Equal(ushort.MaxValue, server.SegmentLimit);
    }

    [Fact]
    public void A_datagram_over_the_mtu_is_refused_where_fragments_are_forbidden()
    {
        using var wire = new Wired();
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Fragmentation = Fragmentation.Forbidden }));
        var to = new UdpEndpoint(Wired.ClientAddress, 9);
        Assert.Equal(Errno.EMSGSIZE, server.SendTo(new byte[1473], to));
        Assert.Equal(Errno.None, server.SendTo(new byte[1472], to));
    }

    [Fact]
    public void A_peer_that_can_never_be_sent_to_does_not_cost_the_others_segmentation()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        var batch = new SendBatch();
        for (var i = 0; i < 3; i++) batch.TryAdd([1, 2, 3], client.Endpoint() with { Port = 0 });
        batch.TryAdd([4], client.Endpoint());

        Assert.Equal(new SendResult(1, 3, Errno.EINVAL), server.Send(batch));
        Assert.Equal(ushort.MaxValue, server.SegmentLimit);
        Assert.Equal([4], Loopback.Collect(client, 1)[0]);
    }

    [Fact]
    public void A_peer_without_a_route_does_not_hold_up_the_others()
    {
        using var wire = new Wired();
        wire.Client.Here("address add 10.9.0.2/24 dev eth0");
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions()));
        using var client = wire.Client.Run(() => DatagramSocket.Open(new DatagramSocketOptions()));
        var batch = new SendBatch();
        batch.TryAdd([1], new UdpEndpoint(0x0B00_0001, 9));
        batch.TryAdd([2], new UdpEndpoint(Wired.ClientAddress, client.LocalPort));

        Assert.Equal(new SendResult(1, 1, Errno.ENETUNREACH), server.Send(batch));
        Assert.Equal([2], Loopback.Collect(client, 1)[0]);
    }
}

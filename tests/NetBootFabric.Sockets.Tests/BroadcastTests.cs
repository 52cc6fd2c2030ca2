namespace NetBootFabric.Sockets.Tests;

public sealed class BroadcastTests
{
    private static readonly UdpEndpoint Everyone = new(0xFFFF_FFFF, 67);

    [Fact]
    public void A_client_without_an_address_is_heard_with_the_interface_that_heard_it()
    {
        using var wire = new Wired();
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Port = 67, Device = "eth0", Broadcast = true }));
        using var client = wire.Client.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Port = 68, Device = "eth0", Broadcast = true }));
        Assert.Equal(Errno.None, client.SendTo([1, 2], Everyone));

        var batch = new DatagramBatch();
        Assert.Equal(1, server.Receive(batch, Loopback.Limit));
        Assert.Equal(new UdpEndpoint(0, 68), batch[0].Source);
        Assert.Equal(0xFFFF_FFFFu, batch[0].Destination);
        Assert.Equal(new LocalAddress(Wired.ServerAddress, wire.ServerIndex), batch[0].Local);
    }

    [Fact]
    public void The_answer_can_be_broadcast_from_where_the_question_was_heard()
    {
        using var wire = new Wired();
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Port = 67, Broadcast = true }));
        using var client = wire.Client.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Port = 68, Device = "eth0", Broadcast = true }));
        client.SendTo([1], Everyone);
        var batch = new DatagramBatch();
        Assert.Equal(1, server.Receive(batch, Loopback.Limit));

        // No route, no device: the interface of the question alone says where 255.255.255.255 is.
        Assert.Equal(Errno.None, server.SendTo([2], Everyone with { Port = 68 }, batch[0].Local));
        Assert.Equal(1, client.Receive(batch, Loopback.Limit));
        Assert.Equal(new UdpEndpoint(Wired.ServerAddress, 67), batch[0].Source);
    }

    [Fact]
    public void Sockets_of_several_interfaces_share_a_port_and_hear_only_their_own()
    {
        using var wire = new Wired();
        wire.Server.AddPair("eth1", "far1", "02:00:00:00:09:11", "02:00:00:00:09:12");
        using var other = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Port = 67, Device = "eth1" }));
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Port = 67, Device = "eth0" }));
        using var client = wire.Client.Run(() => DatagramSocket.Open(new DatagramSocketOptions { Port = 68, Device = "eth0", Broadcast = true }));
        client.SendTo([1], Everyone);

        Assert.Equal(1, server.Receive(new DatagramBatch(), Loopback.Limit));
        Assert.Equal(0, other.Receive(new DatagramBatch(), TimeSpan.Zero));
    }
}

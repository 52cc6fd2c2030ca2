namespace NetBootFabric.Sockets.Tests;

public sealed class DatagramReceiveTests
{
    [Fact]
    public void What_is_waiting_comes_in_one_batch_and_in_order()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        for (byte i = 0; i < 10; i++) Assert.Equal(Errno.None, client.SendTo([i, 1, 2], server.Endpoint()));

        var batch = new DatagramBatch();
        Assert.Equal(10, server.Receive(batch, Loopback.Limit));
        for (byte i = 0; i < 10; i++)
        {
            Assert.Equal([i, 1, 2], batch[i].Payload.ToArray());
            Assert.Equal(client.Endpoint(), batch[i].Source);
        }
    }

    [Fact]
    public void A_batch_brings_no_more_than_its_capacity()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        for (byte i = 0; i < 5; i++) client.SendTo([i], server.Endpoint());

        var batch = new DatagramBatch(capacity: 3);
        Assert.Equal(3, server.Receive(batch, Loopback.Limit));
        Assert.Equal(2, server.Receive(batch, Loopback.Limit));
        Assert.Equal([4], batch[1].Payload.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[2].IsTruncated);
    }

    [Fact]
    public void A_slot_used_before_shows_nothing_of_the_longer_datagram_it_held()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        var batch = new DatagramBatch(capacity: 1);
        client.SendTo([1, 2, 3, 4], server.Endpoint());
        server.Receive(batch, Loopback.Limit);
        client.SendTo([9], server.Endpoint());
        server.Receive(batch, Loopback.Limit);

        Assert.Equal([9], batch[0].Payload.ToArray());
        Assert.Equal(Loopback.Address, batch[0].Destination);
    }

    [Fact]
    public void A_datagram_longer_than_its_slot_is_cut_and_marked()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        client.SendTo(new byte[65], server.Endpoint());
        client.SendTo(new byte[64], server.Endpoint());

        var batch = new DatagramBatch(datagramSize: 64);
        Assert.Equal(2, server.Receive(batch, Loopback.Limit));
        Assert.True(batch[0].IsTruncated);
        Assert.Equal(64, batch[0].Payload.Length);
        Assert.False(batch[1].IsTruncated);
    }

    [Fact]
    public void An_empty_datagram_is_a_datagram()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        client.SendTo([], server.Endpoint());

        var batch = new DatagramBatch();
        Assert.Equal(1, server.Receive(batch, Loopback.Limit));
        Assert.True(batch[0].Payload.IsEmpty);
    }

    [Fact]
    public void Datagrams_of_two_sockets_can_be_put_in_the_order_in_which_they_arrived()
    {
        using var first = DatagramSocket.Open(new DatagramSocketOptions { Address = Loopback.Address, Timestamps = true });
        using var second = DatagramSocket.Open(new DatagramSocketOptions { Address = Loopback.Address, Timestamps = true });
        using var client = Loopback.Open();
        var (early, late) = (new DatagramBatch(), new DatagramBatch());
        // The first socket of the system that asks for times turns the kernel's stamping on a moment later; until then it stamps when it hands out.
        Assert.True(SpinWait.SpinUntil(InOrder, Loopback.Limit));

        bool InOrder()
        {
            client.SendTo([1], second.Endpoint());
            client.SendTo([2], first.Endpoint());
            first.Receive(late, Loopback.Limit);
            second.Receive(early, Loopback.Limit);
            return late[0].ArrivedAt > early[0].ArrivedAt;
        }
    }

    [Fact]
    public void A_datagram_says_which_address_and_interface_heard_it()
    {
        using var server = DatagramSocket.Open(new DatagramSocketOptions());
        using var client = Loopback.Open();
        client.SendTo([1], new UdpEndpoint(0x7F00_0002, server.LocalPort));

        var batch = new DatagramBatch();
        server.Receive(batch, Loopback.Limit);
        Assert.Equal(0x7F00_0002u, batch[0].Destination);
        Assert.Equal(new LocalAddress(0x7F00_0002, InterfaceTable.Get("lo").Index), batch[0].Local);
    }

    [Fact]
    public void An_answer_leaves_from_the_address_that_was_asked()
    {
        using var server = DatagramSocket.Open(new DatagramSocketOptions());
        using var client = DatagramSocket.Open(new DatagramSocketOptions());
        client.SendTo([1], new UdpEndpoint(0x7F00_0002, server.LocalPort));
        var batch = new DatagramBatch();
        server.Receive(batch, Loopback.Limit);

        Assert.Equal(Errno.None, server.SendTo([2], batch[0].Source, batch[0].Local));
        var answer = new DatagramBatch();
        client.Receive(answer, Loopback.Limit);
        Assert.Equal(new UdpEndpoint(0x7F00_0002, server.LocalPort), answer[0].Source);
    }

    [Fact]
    public void Datagrams_that_found_the_buffer_full_are_counted()
    {
        using var server = Loopback.Open(new DatagramSocketOptions { ReceiveBufferBytes = 8192 });
        using var client = Loopback.Open();
        const int sent = 100;
        for (var i = 0; i < sent; i++) client.SendTo(new byte[1000], server.Endpoint());

        var received = Drain(server);
        Assert.InRange(received, 1, sent - 1);
        client.SendTo([1], server.Endpoint()); // the count comes with the next datagram
        Assert.Equal(1, server.Receive(new DatagramBatch(), Loopback.Limit));
        Assert.Equal(sent - received, server.Drops);
    }

    [Fact]
    public void The_receive_buffer_grows_past_the_limit_of_the_system()
    {
        var limit = int.Parse(File.ReadAllText("/proc/sys/net/core/rmem_max"), System.Globalization.CultureInfo.InvariantCulture);
        var wanted = (limit * 4) & ~1;
        using var server = Loopback.Open(new DatagramSocketOptions { ReceiveBufferBytes = wanted });
        Assert.Equal(wanted, server.ReceiveBufferBytes);
    }

    private static int Drain(DatagramSocket socket)
    {
        var batch = new DatagramBatch();
        var total = 0;
        while (socket.Receive(batch, TimeSpan.Zero) is > 0 and var count) total += count;
        return total;
    }
}

namespace NetBootFabric.Sockets.Tests;

public sealed class SendBatchTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_to_one_peer_arrives_as_the_datagrams_it_was_made_of(bool segmentation)
    {
        using var server = Loopback.Open(new DatagramSocketOptions { Segmentation = segmentation });
        using var client = Loopback.Open(new DatagramSocketOptions { ReceiveBufferBytes = 4 << 20 });
        var batch = new SendBatch(100, 100 * 1432);
        var sent = Run(100, 1432, last: 17);
        foreach (var payload in sent) Assert.True(batch.TryAdd(payload.AsSpan(0, 4), payload.AsSpan(4), client.Endpoint()));

        Assert.Equal(new SendResult(100, 0, Errno.None), server.Send(batch));
        Assert.Equal(0, batch.Count);
        Assert.Equal(sent, Loopback.Collect(client, 100));
    }

    [Fact]
    public void Segmentation_is_offered_by_this_kernel()
    {
        using var socket = Loopback.Open();
        Assert.True(socket.SegmentLimit > 1472);
    }

    [Fact]
    public void Datagrams_of_many_peers_and_sizes_reach_each_its_own()
    {
        using var server = Loopback.Open();
        using var one = Loopback.Open();
        using var other = Loopback.Open();
        var batch = new SendBatch();
        foreach (var (size, to) in new[] { (5, one), (9, one), (9, one), (2, one), (9, one), (4, other), (4, other), (4, one), (0, one) })
        {
            Assert.True(batch.TryReserve(size, to.Endpoint(), default, out var payload));
            payload.Fill((byte)size);
        }

        Assert.Equal(9, server.Send(batch).Sent);
        Assert.Equal([5, 9, 9, 2, 9, 4, 0], Loopback.Collect(one, 7).Select(p => p.Length));
        Assert.Equal([4, 4], Loopback.Collect(other, 2).Select(p => p.Length));
    }

    [Fact]
    public void Runs_join_only_equal_sizes_of_one_peer_with_a_shorter_end()
    {
        var peer = new UdpEndpoint(1, 1);
        var batch = Sized(peer, 8, 8, 3, 8, 8, 9, 0, 8);
        batch.TryReserve(8, peer with { Port = 2 }, default, out _);
        batch.TryReserve(8, peer with { Port = 2 }, new LocalAddress(1, 1), out _);

        // 8 8 3 | 8 8 | 9 | 0 | 8 | 8 to the other port | 8 from another address
        Assert.Equal(7, batch.Prepare(ushort.MaxValue));
        Assert.Equal(3, batch.Advance(1));
        Assert.Equal(6, batch.Prepare(ushort.MaxValue));
        Assert.Equal(2, batch.Advance(1));
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(8, 4)] // 8 8 8 | 9 | 9 | 8
    [InlineData(9, 2)] // 8 8 8 | 9 9 8
    public void Only_datagrams_within_the_segment_limit_are_joined(int limit, int messages) =>
        Assert.Equal(messages, Sized(new UdpEndpoint(1, 1), 8, 8, 8, 9, 9, 8).Prepare(limit));

    [Fact]
    public void A_segmented_buffer_never_exceeds_what_the_kernel_takes()
    {
        var batch = new SendBatch(200, 200 * 1500);
        for (var i = 0; i < 100; i++) batch.TryReserve(10, new UdpEndpoint(1, 1), default, out _);
        for (var i = 0; i < 100; i++) batch.TryReserve(1472, new UdpEndpoint(1, 2), default, out _);
        // 64 + 36 small ones; 44 = 65507 / 1472 large ones, thrice: 44 + 44 + 12
        Assert.Equal(5, batch.Prepare(ushort.MaxValue));
    }

    [Fact]
    public void A_full_batch_takes_nothing_more_and_loses_nothing()
    {
        var batch = new SendBatch(capacity: 2, bytes: 10);
        var to = new UdpEndpoint(1, 1);
        Assert.True(batch.TryAdd([1, 2, 3, 4, 5, 6], to));
        Assert.False(batch.TryAdd([1, 2, 3, 4, 5], to));
        Assert.True(batch.TryAdd([1, 2, 3, 4], to));
        Assert.False(batch.TryAdd([], to));
        Assert.Equal(2, batch.Count);
        batch.Clear();
        Assert.True(batch.TryAdd(new byte[10], to));
    }

    [Fact]
    public void A_datagram_that_cannot_go_does_not_hold_up_the_others()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        var batch = new SendBatch(3, 100_000);
        batch.TryAdd([1], client.Endpoint());
        batch.TryReserve(70_000, client.Endpoint(), default, out _); // more than a datagram can have
        batch.TryAdd([2], client.Endpoint());

        Assert.Equal(new SendResult(2, 1, Errno.EMSGSIZE), server.Send(batch));
        Assert.Equal([[1], [2]], Loopback.Collect(client, 2));
    }

    private static List<byte[]> Run(int count, int size, int last) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, i == count - 1 ? last : size).Select(j => (byte)(i * 31 + j)).ToArray())];

    private static SendBatch Sized(UdpEndpoint to, params ReadOnlySpan<int> sizes)
    {
        var batch = new SendBatch();
        foreach (var size in sizes) batch.TryReserve(size, to, default, out _);
        return batch;
    }
}

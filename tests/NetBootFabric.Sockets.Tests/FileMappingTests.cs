namespace NetBootFabric.Sockets.Tests;

public sealed class FileMappingTests : IDisposable
{
    private const int Block = 1428, Blocks = 40;

    private readonly string _path = Path.GetTempFileName();
    private readonly byte[] _octets = new byte[Block * Blocks];

    public FileMappingTests()
    {
        new Random(1).NextBytes(_octets);
        File.WriteAllBytes(_path, _octets);
    }

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Blocks_of_a_file_arrive_behind_their_heads(bool segmentation)
    {
        using var server = Loopback.Open(new DatagramSocketOptions { Segmentation = segmentation });
        using var client = Loopback.Open(new DatagramSocketOptions { ReceiveBufferBytes = 4 << 20 });
        using var mapping = Map();
        var batch = new SendBatch();
        for (var i = 0; i < Blocks; i++) Assert.True(batch.TryAdd([9, (byte)i], mapping, i * Block, Block, client.Endpoint()));

        Assert.Equal(new SendResult(Blocks, 0, Errno.None), server.Send(batch));
        Assert.Equal(Enumerable.Range(0, Blocks).Select(Expected), Loopback.Collect(client, Blocks));
    }

    [Fact]
    public void Datagrams_from_the_buffer_and_from_a_file_join_in_one_run()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        using var mapping = Map();
        var batch = new SendBatch();
        batch.TryAdd(Expected(0), client.Endpoint());
        batch.TryAdd([9, 1], mapping, Block, Block, client.Endpoint());
        batch.TryAdd(Expected(2), client.Endpoint());
        batch.TryAdd([9, 3], mapping, 3 * Block, 10, client.Endpoint());
        Assert.Equal(1, batch.Prepare(ushort.MaxValue));

        Assert.Equal(4, server.Send(batch).Sent);
        Assert.Equal([Expected(0), Expected(1), Expected(2), Expected(3)[..12]], Loopback.Collect(client, 4));
    }

    [Fact]
    public void A_file_that_was_cut_costs_its_own_datagrams_and_nothing_else()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        using var mapping = Map();
        using (var file = File.OpenWrite(_path)) file.SetLength(Block);
        var batch = new SendBatch();
        batch.TryAdd([9, 0], mapping, 0, Block, client.Endpoint());
        batch.TryAdd([9, 30], mapping, 30 * Block, Block, client.Endpoint() with { Port = 9 });
        batch.TryAdd([5], client.Endpoint());

        Assert.Equal(new SendResult(2, 1, Errno.EFAULT), server.Send(batch));
        Assert.Equal([Expected(0), [5]], Loopback.Collect(client, 2));
    }

    [Fact]
    public void Nothing_outside_of_a_mapping_is_sent()
    {
        using var mapping = Map();
        var batch = new SendBatch();
        var to = new UdpEndpoint(Loopback.Address, 9);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.TryAdd([], mapping, Blocks * Block - 9, 10, to));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.TryAdd([], mapping, -1, 10, to));
        mapping.Dispose();
        Assert.Throws<ObjectDisposedException>(() => batch.TryAdd([], mapping, 0, 10, to));
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void What_cannot_be_mapped_is_said_so()
    {
        using var device = File.OpenHandle("/dev/null");
        Assert.Null(FileMapping.TryMap(device, 0));
        using var status = File.OpenHandle("/proc/self/status");
        Assert.Null(FileMapping.TryMap(status, 100));
    }

    private FileMapping Map()
    {
        using var file = File.OpenHandle(_path);
        return FileMapping.TryMap(file, _octets.Length)!;
    }

    private byte[] Expected(int block) => [9, (byte)block, .. _octets.AsSpan(block * Block, Block)];
}

using NetBootFabric.Boot.Events;

namespace NetBootFabric.Tftp.Tests.Serving;

public sealed class MappedFileTests
{
    private const int FewReads = 24; // of the opening, which warms 128 KiB up, and of the end

    [Theory]
    [InlineData("", 512, 1)]
    [InlineData("blksize=1468", 1468, 1)]
    [InlineData("blksize=1024,windowsize=16", 1024, 16)]
    [InlineData("blksize=8192,windowsize=64", 8192, 64)] // the last block is empty; fragments, and more than a segmented buffer holds
    public void A_file_is_sent_without_being_read(string options, int blockSize, int windowSize)
    {
        using var disk = new DiskContent(8192 * 200);
        using var server = new ServerUnderTest(disk);
        using var client = server.Client();
        Assert.True(disk.Octets.AsSpan().SequenceEqual(client.Get("kernel", options, blockSize, windowSize)));
        Assert.InRange(disk.Reads, 1, FewReads + windowSize);
    }

    [Fact]
    public void A_short_file_is_read()
    {
        using var disk = new DiskContent(512 * 100);
        using var server = new ServerUnderTest(disk);
        using var client = server.Client();
        Assert.True(disk.Octets.AsSpan().SequenceEqual(client.Get("kernel", "", 512, 1)));
        Assert.InRange(disk.Reads, 100, 200);
    }

    [Fact]
    public void A_block_is_sent_again_as_it_was()
    {
        using var disk = new DiskContent(100_000);
        using var server = new ServerUnderTest(disk);
        using var client = server.Client();
        client.Ask("kernel");
        for (var block = 1; block < 50; block++)
        {
            Assert.Equal($"DATA {block} 512", client.NextBut($"DATA {block - 1} 512"));
            if (block == 20) Assert.Equal("DATA 20 512", client.Next());
            Assert.Equal(disk.Octets.AsSpan((block - 1) * 512, 512), client.Data);
            client.Ack((ushort)block);
        }
    }

    [Theory]
    [InlineData("blksize=1024", 1)]
    [InlineData("blksize=1024,windowsize=4", 4)]
    public void A_file_that_is_cut_meanwhile_fails_its_transfers_and_no_others(string options, int windowSize)
    {
        using var disk = new DiskContent(1024 * 200);
        using var server = new ServerUnderTest(disk);
        using (var client = server.Client())
        {
            client.Ask("kernel", options);
            client.Next();
            client.Ack(0);
            for (var block = 1; block <= windowSize; block++) Assert.Equal($"DATA {block} 1024", client.Next());
            disk.Cut(1024 * 100);
            Assert.StartsWith("ERROR 0 the file can't be read", Rest(client, windowSize), StringComparison.Ordinal);
        }
        Assert.Equal(TransferFailure.ReadError, server.Events.Await(e => e.Stage == TransferStage.Failed).Failure);
        using var other = server.Client();
        other.Ask("kernel");
        Assert.Equal("DATA 1 512", other.Next());
        Assert.Equal(0, server.Metrics.Faulted);
    }

    [Fact]
    public void A_file_that_is_cut_within_its_last_page_is_noticed_at_its_end()
    {
        using var disk = new DiskContent(1024 * 100);
        using var server = new ServerUnderTest(disk);
        using var client = server.Client();
        client.Ask("kernel", "blksize=512");
        client.Next();
        client.Ack(0);
        Assert.Equal("DATA 1 512", client.Next());
        disk.Cut(1024 * 100 - 600);
        Assert.StartsWith("ERROR 0 the file can't be read", Rest(client, 1), StringComparison.Ordinal);
    }

    /// <summary>Acknowledges what comes until it is no block.</summary>
    private static string Rest(LoopbackClient client, int windowSize)
    {
        for (var (last, inWindow) = (windowSize, windowSize); ;)
        {
            if (inWindow == windowSize) client.Ack((ushort)last);
            if (inWindow == windowSize) inWindow = 0;
            var next = client.Next();
            if (!next.StartsWith("DATA", StringComparison.Ordinal)) return next;
            if (!next.StartsWith($"DATA {last + 1} ", StringComparison.Ordinal)) continue; // once more on a busy machine
            last++;
            inWindow++;
        }
    }
}

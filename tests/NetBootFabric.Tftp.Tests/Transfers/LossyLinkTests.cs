using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Tftp.Tests.Transfers;

/// <summary>Whatever the link does, the client gets the bytes of the file.</summary>
public sealed class LossyLinkTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 300)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_client_gets_the_exact_bytes_over_a_lossy_link(int seed)
    {
        var random = new Random(seed);
        var blockSize = random.Next(4) == 0 ? random.Next(8, 33) : random.Next(8, 1500);
        var blocks = random.Next(0, 120);
        var length = random.Next(3) == 0 ? blockSize * blocks : blockSize * blocks + random.Next(blockSize);
        var terms = new TransferTerms
        {
            BlockSize = blockSize,
            WindowSize = random.Next(3) == 0 ? 1 : random.Next(2, 40),
            Agreed = AgreedOptions.BlockSize | AgreedOptions.WindowSize,
        };
        var file = Bytes(seed, length);
        var link = new LossyLink(seed, file, terms, (GapHabit)random.Next(3), loss: random.NextDouble() * 0.15);
        link.Run();
        AssertArrived(link, file);
    }

    [Theory]
    [InlineData(8, 1, 8 * 66_000)]
    [InlineData(8, 16, 8 * 131_072)]
    [InlineData(8, 63, 8 * 140_000 + 3)]
    public void Block_numbers_roll_over_on_a_lossy_link(int blockSize, int windowSize, int length)
    {
        var terms = new TransferTerms { BlockSize = blockSize, WindowSize = windowSize, Agreed = AgreedOptions.BlockSize };
        var file = Bytes(7, length);
        var link = new LossyLink(7, file, terms, GapHabit.AckOnce, loss: 0.002);
        link.Run();
        AssertArrived(link, file);
    }

    [Theory]
    [InlineData(1, GapHabit.AckEach)]
    [InlineData(16, GapHabit.AckEach)]
    [InlineData(16, GapHabit.AckOnce)]
    public void Nothing_is_sent_twice_on_a_good_link(int windowSize, GapHabit habit)
    {
        var terms = new TransferTerms { WindowSize = windowSize, Agreed = AgreedOptions.WindowSize };
        var link = new LossyLink(1, Bytes(1, 512 * 500), terms, habit, loss: 0);
        link.Run();
        Assert.Equal(0, link.Transfer.Retransmissions);
        // OACK, its ACK, 501 blocks, and an ACK a window
        Assert.Equal(2 + 501 + (501 + windowSize - 1) / windowSize, link.PacketsSent);
    }

    [Theory]
    [InlineData(GapHabit.AckEach)]
    [InlineData(GapHabit.AckOnce)]
    [InlineData(GapHabit.Silent)]
    public void Traffic_does_not_multiply_under_loss(GapHabit habit)
    {
        var terms = new TransferTerms { WindowSize = 16, Agreed = AgreedOptions.WindowSize };
        var link = new LossyLink(3, Bytes(3, 512 * 2000), terms, habit, loss: 0.01, reorders: false);
        link.Run();
        // A loss in a window of 16 costs half a window on average, 14 % of the windows have one: a few thousand packets.
        Assert.InRange(link.PacketsSent, 2000, 5000);
    }

    [Theory]
    [InlineData(8, 16, GapHabit.AckEach)]
    [InlineData(8, 16, GapHabit.AckOnce)]
    [InlineData(8, 16, GapHabit.Silent)]
    [InlineData(4, 64, GapHabit.AckEach)]
    [InlineData(4, 64, GapHabit.AckOnce)]
    [InlineData(1, 16, GapHabit.AckEach)]
    public void A_window_larger_than_the_clients_buffer_gets_through(int buffer, int windowSize, GapHabit habit)
    {
        var terms = new TransferTerms { WindowSize = windowSize, Agreed = AgreedOptions.WindowSize };
        var file = Bytes(5, 512 * 4000);
        var link = new LossyLink(5, file, terms, habit, loss: 0) { Buffer = buffer, Reading = TimeSpan.FromMilliseconds(0.2) };
        link.Run();
        AssertArrived(link, file);
        Assert.InRange(link.PacketsSent, 4000, 12_000);
        Assert.InRange(link.Now.TotalSeconds, 0.8, 10); // 4000 × 0.2 ms at best
    }

    [Theory]
    [InlineData(4, GapHabit.AckEach)]
    [InlineData(16, GapHabit.AckEach)]
    [InlineData(64, GapHabit.AckEach)]
    [InlineData(16, GapHabit.AckOnce)]
    public void A_client_that_reads_later_than_the_server_waits_does_not_set_off_a_storm(int windowSize, GapHabit habit)
    {
        // 40 ms a packet: each window takes longer than the retransmission timer allows at first, so that windows are sent again and again.
        var terms = new TransferTerms { WindowSize = windowSize, Agreed = AgreedOptions.WindowSize };
        var file = Bytes(6, 512 * 1000);
        var link = new LossyLink(6, file, terms, habit, loss: 0) { Buffer = 200, Reading = TimeSpan.FromMilliseconds(40) };
        link.Run();
        AssertArrived(link, file);
        Assert.InRange(link.PacketsSent, 1000, 10_000);
        Assert.InRange(link.Now.TotalSeconds, 40, 200); // 1000 × 40 ms at best
    }

    [Fact]
    public void A_dead_link_ends_in_a_failure()
    {
        var link = new LossyLink(1, new byte[5000], new TransferTerms { Agreed = AgreedOptions.TransferSize }, GapHabit.Silent, loss: 1);
        link.Run();
        Assert.Equal(TransferAct.Fail, link.Outcome.Act);
    }

    private static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static void AssertArrived(LossyLink link, byte[] file)
    {
        Assert.Equal(TransferAct.Finish, link.Outcome.Act);
        Assert.True(file.AsSpan().SequenceEqual(link.Received));
        Assert.Equal(file.Length, link.Transfer.AcknowledgedBytes);
    }
}

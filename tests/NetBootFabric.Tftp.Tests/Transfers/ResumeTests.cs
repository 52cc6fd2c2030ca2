using NetBootFabric.Tftp.Transfers;
using static NetBootFabric.Tftp.Tests.Transfers.Drive;

namespace NetBootFabric.Tftp.Tests.Transfers;

/// <summary>A transfer made anew from its state, as by another head node.</summary>
public sealed class ResumeTests
{
    [Fact]
    public void The_clients_next_ACK_says_where_to_go_on()
    {
        var first = RunningWindows(4, 512 * 20);
        first.Acknowledge(4, Ms(8));
        var state = first.State;
        Assert.Equal(4, state.Acknowledged);

        var second = new Transfer(state.At(8)!.Value); // the first node heard ACK 8 no more
        Assert.Equal(Blocks(9, 4), second.Resume(Ms(100)));
        Assert.Equal(Blocks(13, 4), second.Acknowledge(12, Ms(104)));
    }

    [Theory]
    [InlineData(65_000, 10, 65_546)]
    [InlineData(65_000, 65_000, 65_000)]
    [InlineData(131_072, 5, 131_077)]
    [InlineData(131_072, 65_530, 131_066)] // came late
    [InlineData(70_000, 4463, 69_999)]
    public void An_ACK_is_placed_near_the_state_across_roll_overs(long acknowledged, ushort block, long expected)
    {
        var state = new TransferState("f", new TransferTerms(), 512L * 200_000, acknowledged);
        Assert.Equal(expected, state.At(block)!.Value.Acknowledged);
    }

    [Fact]
    public void An_ACK_beyond_the_file_is_of_another_transfer() => Assert.Null(new TransferState("f", new TransferTerms(), 5000, 3).At(400));

    [Fact]
    public void An_ACK_of_the_last_block_ends_it()
    {
        var state = new TransferState("f", new TransferTerms(), 5000, 3);
        Assert.Equal(TransferAct.Finish, new Transfer(state.At(10)!.Value).Resume(TimeSpan.Zero).Act);
    }
}

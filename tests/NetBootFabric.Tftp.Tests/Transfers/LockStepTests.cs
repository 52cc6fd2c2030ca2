using NetBootFabric.Boot.Events;
using NetBootFabric.Tftp.Transfers;
using static NetBootFabric.Tftp.Tests.Transfers.Drive;

namespace NetBootFabric.Tftp.Tests.Transfers;

public sealed class LockStepTests
{
    [Fact]
    public void Without_options_the_answer_is_the_first_block()
    {
        var transfer = LockStep(1000);
        Assert.Equal(Blocks(1, 1), transfer.Start(TimeSpan.Zero));
        Assert.Equal(Blocks(2, 1), transfer.Acknowledge(1, Ms(1)));
        Assert.Equal(TransferAct.Finish, transfer.Acknowledge(2, Ms(2)).Act);
        Assert.Equal(1000, transfer.AcknowledgedBytes);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(511, 1)]
    [InlineData(512, 2)] // the second is empty
    [InlineData(513, 2)]
    [InlineData(1024, 3)]
    public void The_last_block_is_shorter_than_the_others(long length, long last) => Assert.Equal(last, LockStep(length).LastBlock);

    [Fact]
    public void A_duplicate_ACK_sends_nothing()
    {
        var transfer = LockStep(5000);
        transfer.Start(TimeSpan.Zero);
        transfer.Acknowledge(1, Ms(1));
        Assert.Equal(TransferStep.Wait, transfer.Acknowledge(1, Ms(2)));
        Assert.Equal(TransferStep.Wait, transfer.Acknowledge(1, Ms(90)));
        Assert.Equal(0, transfer.Retransmissions);
        Assert.Equal(Blocks(3, 1), transfer.Acknowledge(2, Ms(91)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(40000)]
    public void An_ACK_of_a_block_outside_the_window_is_passed_over(ushort block)
    {
        var transfer = LockStep(50_000);
        transfer.Start(TimeSpan.Zero);
        transfer.Acknowledge(1, Ms(1));
        Assert.Equal(TransferStep.Wait, transfer.Acknowledge(block, Ms(2)));
        Assert.Equal(1, transfer.Acknowledged);
    }

    [Fact]
    public void Block_numbers_roll_over_to_zero()
    {
        var transfer = LockStep(512L * 70_000);
        transfer.Start(TimeSpan.Zero);
        for (long block = 1; block < 65_535; block++) transfer.Acknowledge((ushort)block, Ms(block));
        Assert.Equal(Blocks(65_536, 1), transfer.Acknowledge(65_535, Ms(70_000)));
        Assert.Equal(Blocks(65_537, 1), transfer.Acknowledge(0, Ms(70_001)));
        Assert.Equal(Blocks(65_538, 1), transfer.Acknowledge(1, Ms(70_002)));
    }

    [Fact]
    public void A_repeated_request_is_answered_again_until_something_is_acknowledged()
    {
        var transfer = LockStep(5000);
        transfer.Start(TimeSpan.Zero);
        Assert.Equal(Blocks(1, 1), transfer.Repeat(Ms(350)));
        transfer.Acknowledge(1, Ms(351));
        Assert.Equal(TransferStep.Wait, transfer.Repeat(Ms(352)));
    }

    [Fact]
    public void An_ERROR_in_the_middle_is_the_clients_failure()
    {
        var transfer = LockStep(5000);
        transfer.Start(TimeSpan.Zero);
        Assert.Equal(TransferAct.Fail, transfer.ClientError(refusesOptions: true).Act);
        Assert.Equal(TransferFailure.ClientError, transfer.Failure);
        Assert.Equal(TransferStep.Wait, transfer.Acknowledge(1, Ms(1)));
    }
}

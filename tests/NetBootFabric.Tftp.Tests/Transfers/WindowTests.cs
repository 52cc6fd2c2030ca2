using NetBootFabric.Tftp.Transfers;
using static NetBootFabric.Tftp.Tests.Transfers.Drive;

namespace NetBootFabric.Tftp.Tests.Transfers;

/// <summary>RFC 7440.</summary>
public sealed class WindowTests
{
    [Fact]
    public void The_OACK_comes_first_and_its_ACK_opens_a_whole_window()
    {
        var transfer = Windows(4, 512 * 10);
        Assert.Equal(new TransferStep(TransferAct.SendOptions), transfer.Start(TimeSpan.Zero));
        Assert.Equal(TransferStep.Wait, transfer.Acknowledge(1, Ms(1))); // nothing was sent yet
        Assert.Equal(Blocks(1, 4), transfer.Acknowledge(0, Ms(2)));
    }

    [Fact]
    public void An_ACK_of_the_whole_window_opens_the_next_and_the_last_one_is_shorter()
    {
        var transfer = RunningWindows(4, 512 * 9 + 1);
        Assert.Equal(Blocks(5, 4), transfer.Acknowledge(4, Ms(8)));
        Assert.Equal(Blocks(9, 2), transfer.Acknowledge(8, Ms(12)));
        Assert.Equal(TransferAct.Finish, transfer.Acknowledge(10, Ms(16)).Act);
        Assert.Equal(0, transfer.Retransmissions);
    }

    [Fact]
    public void An_ACK_in_the_middle_begins_a_new_window_behind_it()
    {
        var transfer = RunningWindows(4, 512 * 20);
        Assert.Equal(Blocks(3, 4), transfer.Acknowledge(2, Ms(8)));
        Assert.Equal(2, transfer.Retransmissions); // 3 and 4 go again
    }

    [Fact]
    public void A_lost_first_block_is_told_by_the_ACK_before_the_window()
    {
        var transfer = RunningWindows(4, 512 * 20);
        Assert.Equal(Blocks(1, 4), transfer.Acknowledge(0, RoundTrip * 2));
        Assert.Equal(4, transfer.Retransmissions);
    }

    [Fact]
    public void Firmware_that_sends_an_ACK_for_each_unexpected_block_restarts_the_window_once()
    {
        var transfer = RunningWindows(8, 512 * 40);
        transfer.Acknowledge(8, Ms(8));
        // Block 10 was lost; for each of 11 to 16 an ACK of 9.
        Assert.Equal(Blocks(10, 8), transfer.Acknowledge(9, Ms(12)));
        for (var i = 0; i < 5; i++) Assert.Equal(TransferStep.Wait, transfer.Acknowledge(9, Ms(12.1)));
        Assert.Equal(Blocks(18, 8), transfer.Acknowledge(17, Ms(16)));
    }

    [Fact]
    public void A_repeated_window_that_the_client_had_already_calls_forth_no_other()
    {
        var transfer = RunningWindows(8, 512 * 80);
        transfer.Acknowledge(8, Ms(8));
        Assert.Equal(Blocks(9, 8), transfer.Expire(transfer.Deadline)); // the client was busy
        var now = transfer.Deadline - Ms(1);
        Assert.Equal(Blocks(17, 8), transfer.Acknowledge(16, now)); // it reads the first sending, then says for each block of the second:
        for (var i = 1; i <= 8; i++) Assert.Equal(TransferStep.Wait, transfer.Acknowledge(16, now + i * RoundTrip));
        Assert.Equal(Blocks(17, 8), transfer.Acknowledge(16, now + 9 * RoundTrip)); // this one is more than its copies explain
    }

    [Fact]
    public void Losses_part_the_window_and_whole_windows_join_it_again()
    {
        var transfer = RunningWindows(8, 512 * 800);
        Assert.Equal(8, transfer.Burst);
        transfer.Acknowledge(3, Ms(8));
        Assert.Equal(4, transfer.Burst);
        transfer.Expire(transfer.Deadline);
        transfer.Expire(transfer.Deadline);
        transfer.Expire(transfer.Deadline);
        Assert.Equal(1, transfer.Burst);
        for (var block = 11; block < 11 + 8 * 20; block += 8) transfer.Acknowledge((ushort)block, Ms(2000 + block));
        Assert.Equal(8, transfer.Burst);
    }

    [Fact]
    public void A_window_spans_the_roll_over()
    {
        var transfer = new Transfer(new TransferState("f", new TransferTerms { WindowSize = 8, Agreed = AgreedOptions.WindowSize }, 512L * 70_000, Acknowledged: 65_530));
        Assert.Equal(Blocks(65_531, 8), transfer.Resume(TimeSpan.Zero));
        Assert.Equal(Blocks(65_538, 8), transfer.Acknowledge(1, Ms(4))); // 65537 arrived, 65538 was lost
        Assert.Equal(65_537, transfer.Acknowledged);
    }

    [Fact]
    public void The_largest_window_is_told_apart_from_old_ACKs()
    {
        var transfer = RunningWindows(65_535, 512L * 200_000);
        Assert.Equal(Blocks(65_536, 65_535), transfer.Acknowledge(65_535, Ms(20)));
        Assert.Equal(Blocks(131_071, 65_535), transfer.Acknowledge(65_534, Ms(40)));
    }
}

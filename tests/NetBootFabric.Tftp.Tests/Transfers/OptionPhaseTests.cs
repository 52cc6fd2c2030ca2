using NetBootFabric.Boot.Events;
using NetBootFabric.Tftp.Transfers;
using static NetBootFabric.Tftp.Tests.Transfers.Drive;

namespace NetBootFabric.Tftp.Tests.Transfers;

public sealed class OptionPhaseTests
{
    [Fact]
    public void A_probe_for_the_size_that_the_client_ends_is_no_failure()
    {
        var transfer = Windows(4, 5000);
        transfer.Start(TimeSpan.Zero);
        Assert.Equal(TransferAct.Abort, transfer.ClientError(refusesOptions: true).Act);
        Assert.Equal(TransferFailure.None, transfer.Failure);
    }

    [Fact]
    public void Another_ERROR_after_the_OACK_is_a_failure()
    {
        var transfer = Windows(4, 5000);
        transfer.Start(TimeSpan.Zero);
        Assert.Equal(TransferAct.Fail, transfer.ClientError(refusesOptions: false).Act);
    }

    [Fact]
    public void An_ERROR_after_data_is_a_failure_whatever_its_code()
    {
        var transfer = RunningWindows(4, 5000);
        Assert.Equal(TransferAct.Fail, transfer.ClientError(refusesOptions: true).Act);
    }

    [Fact]
    public void A_repeated_request_gets_the_OACK_again_and_none_once_it_is_acknowledged()
    {
        var transfer = Windows(4, 5000);
        transfer.Start(TimeSpan.Zero);
        Assert.Equal(TransferAct.SendOptions, transfer.Repeat(Ms(350)).Act);
        transfer.Acknowledge(0, Ms(351));
        Assert.Equal(TransferStep.Wait, transfer.Repeat(Ms(352)));
    }

    [Fact]
    public void A_lost_OACK_goes_again_at_the_deadline()
    {
        var transfer = Windows(4, 5000);
        transfer.Start(TimeSpan.Zero);
        Assert.Equal(TransferStep.Wait, transfer.Expire(transfer.Deadline - Ms(1)));
        Assert.Equal(TransferAct.SendOptions, transfer.Expire(transfer.Deadline).Act);
    }
}

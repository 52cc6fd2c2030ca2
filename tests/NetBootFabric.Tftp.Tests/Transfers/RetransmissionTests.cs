using NetBootFabric.Boot.Events;
using NetBootFabric.Tftp.Transfers;
using static NetBootFabric.Tftp.Tests.Transfers.Drive;

namespace NetBootFabric.Tftp.Tests.Transfers;

/// <summary>RFC 6298, RFC 2349 <c>timeout</c>.</summary>
public sealed class RetransmissionTests
{
    [Fact]
    public void The_interval_follows_the_measured_round_trip()
    {
        var timer = new RetransmissionTimer(null);
        Assert.Equal(RetransmissionTimer.Initial, timer.Interval);
        timer.Measured(Ms(200));
        Assert.Equal(Ms(600), timer.Interval); // 200 + 4 × 100
        for (var i = 0; i < 100; i++) timer.Measured(Ms(200));
        Assert.InRange(timer.Interval, Ms(200), Ms(201));
    }

    [Theory]
    [InlineData(0.05, 100)]
    [InlineData(5000, 2000)]
    public void The_interval_stays_within_bounds(double roundTrip, double interval)
    {
        var timer = new RetransmissionTimer(null);
        timer.Measured(Ms(roundTrip));
        Assert.Equal(Ms(interval), timer.Interval);
    }

    [Fact]
    public void Each_time_out_doubles_the_interval_and_the_next_measurement_undoes_it()
    {
        var transfer = LockStep(5000);
        transfer.Start(TimeSpan.Zero);
        Assert.Equal(Ms(500), transfer.Deadline);
        transfer.Expire(Ms(500));
        Assert.Equal(Ms(1500), transfer.Deadline);
        transfer.Expire(Ms(1500));
        transfer.Acknowledge(1, Ms(1501)); // of which sending? not measured (Karn), but within 1501 ms
        Assert.Equal(Ms(3002), transfer.Deadline);
        transfer.Acknowledge(2, Ms(1503));
        Assert.Equal(Ms(1603), transfer.Deadline);
    }

    [Fact]
    public void A_time_out_sends_the_window_again()
    {
        var transfer = RunningWindows(4, 512 * 20);
        transfer.Acknowledge(4, Ms(8));
        Assert.Equal(Blocks(5, 4), transfer.Expire(transfer.Deadline));
        Assert.Equal(4, transfer.Retransmissions);
    }

    [Fact]
    public void An_agreed_timeout_is_kept_as_it_is()
    {
        var terms = new TransferTerms { Timeout = TimeSpan.FromSeconds(3), Agreed = AgreedOptions.Timeout };
        var transfer = new Transfer(new TransferState("f", terms, 5000));
        transfer.Start(TimeSpan.Zero);
        transfer.Acknowledge(0, Ms(1));
        Assert.Equal(Ms(3001), transfer.Deadline);
        transfer.Expire(Ms(3001));
        Assert.Equal(Ms(6001), transfer.Deadline);
    }

    [Theory]
    [InlineData(null, 25, 30)]
    [InlineData(20, 70, 90)]
    [InlineData(255, 120, 260)]
    public void A_silent_client_is_given_up_within_bounds(int? timeout, int earliest, int latest)
    {
        var terms = new TransferTerms { Timeout = timeout is { } s ? TimeSpan.FromSeconds(s) : null };
        var transfer = new Transfer(new TransferState("f", terms, 5000));
        var step = transfer.Start(TimeSpan.Zero);
        var now = TimeSpan.Zero;
        while (step.Act != TransferAct.Fail) step = transfer.Expire(now = transfer.Deadline);
        Assert.Equal(TransferFailure.TimedOut, transfer.Failure);
        Assert.InRange(now.TotalSeconds, earliest, latest);
    }

    [Fact]
    public void Duplicate_ACKs_are_no_progress()
    {
        var transfer = LockStep(5000);
        transfer.Start(TimeSpan.Zero);
        transfer.Acknowledge(1, Ms(1));
        var now = TimeSpan.Zero;
        var step = TransferStep.Wait;
        while (step.Act != TransferAct.Fail && now < TimeSpan.FromMinutes(5))
        {
            now = transfer.Deadline;
            transfer.Acknowledge(1, now - Ms(1));
            step = transfer.Expire(now);
        }
        Assert.Equal(TransferFailure.TimedOut, transfer.Failure);
    }
}

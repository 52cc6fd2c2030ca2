using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Node.Tests.Storms;

public sealed class StormProgressTests
{
    private readonly StormRoom _room = new();

    [Fact]
    public void A_few_clients_now_and_then_are_no_storm()
    {
        for (var i = 0; i < 100; i++) _room.With(i * 10);
        Assert.Equal("none", _room.At(1000, heads: 1).State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Five_clients_within_half_a_minute_are_one_whatever_head_node_has_them(int heads)
    {
        for (var i = 0; i < 5; i++) _room.With(i * 5);
        var storm = _room.At(25, heads);

        Assert.Equal(("running", 5, 5, heads), (storm.State, storm.Clients, storm.Booting, storm.HeadNodes));
        Assert.Equal(StormRoom.Ten, storm.BeganAt);
        Assert.Equal(25, storm.Seconds);
    }

    [Fact]
    public void Clients_are_counted_by_phase_and_failures_by_step_and_cause()
    {
        _room.With(6, 0, (BootPhase.Offered, 1), (BootPhase.Kernel, 5)).With(3, 0, (BootPhase.Kernel, 5), (BootPhase.Booted, 9)).With(2, 0, (BootPhase.Failed, 8));
        var storm = _room.At(10, heads: 2);

        Assert.Equal((11, 6, 3, 2), (storm.Clients, storm.Booting, storm.Booted, storm.Failed));
        Assert.Equal((6, 3, 0), (storm.Phases["Kernel"], storm.Phases["Booted"], storm.Phases["Initrd"]));
        Assert.Equal(["Dhcp", "Arp", "Tftp", "Http", "Kernel"], storm.Failures.Select(each => each.Step));
        Assert.Equal(2, storm.Failures.Single(each => each.Step == "Tftp").Causes["TransferTimedOut"]);
    }

    [Fact]
    public void It_ends_when_none_boots_any_more()
    {
        _room.With(20, 0, (BootPhase.Booted, 30)).With(0, (BootPhase.Booted, 40));
        var storm = _room.At(300, heads: 2);

        Assert.Equal(("ended", StormRoom.At(40), 40), (storm.State, storm.EndedAt, storm.Seconds));
        Assert.Null(storm.SecondsLeft);
        Assert.Equal(40, storm.SlowestSeconds);
        Assert.InRange(storm.MedianSeconds!.Value, 24, 36);
    }

    [Theory]
    [InlineData(100, "running")]
    [InlineData(131, "ended")]
    public void It_ends_when_nothing_moved_for_two_minutes(double now, string state)
    {
        _room.With(20, 0, (BootPhase.Offered, 10));
        Assert.Equal(state, _room.At(now, heads: 1).State);
    }

    [Fact]
    public void The_time_line_has_the_clients_of_each_phase_second_by_second()
    {
        _room.With(5, 2, (BootPhase.Offered, 4), (BootPhase.Booted, 6)).With(5, 2, (BootPhase.Offered, 5));
        var line = _room.At(8, heads: 2).Timeline!;

        Assert.Equal((StormRoom.At(2), 1), (line.From, line.StepSeconds));
        Assert.Equal([10, 10, 5, 0, 0, 0, 0], Of(line, BootPhase.Discovering));
        Assert.Equal([0, 0, 5, 10, 5, 5, 5], Of(line, BootPhase.Offered));
        Assert.Equal([0, 0, 0, 0, 5, 5, 5], Of(line, BootPhase.Booted));
    }

    [Fact]
    public void A_long_storm_has_longer_steps_and_never_more_than_240()
    {
        for (var i = 0; i < 3600; i++) _room.With(i);
        var line = _room.At(3600, heads: 1).Timeline!;

        Assert.Equal(20, line.StepSeconds);
        Assert.InRange(line.Counts[0].Count, 170, 240);
        Assert.Equal(3600, line.Counts[0][^1]);
    }

    [Fact]
    public void The_rate_of_the_last_seconds_says_how_long_it_takes()
    {
        for (var i = 0; i < 40; i++) _room.With(0, (BootPhase.Booted, 10.5 + i * 0.25));
        _room.With(60, 0, (BootPhase.Kernel, 5));
        var storm = _room.At(20.5, heads: 1);

        Assert.Equal(4, storm.BootsPerSecond, 0.2);
        Assert.Equal(15, storm.SecondsLeft!.Value, 1.0);
    }

    [Fact]
    public void Who_is_far_longer_in_its_phase_than_the_others_were_is_a_straggler()
    {
        _room.With(20, 0, (BootPhase.Kernel, 2), (BootPhase.Booted, 5)).With(0, (BootPhase.Kernel, 2)).With(29, (BootPhase.Kernel, 30));
        var storm = _room.At(32, heads: 2);

        var straggler = Assert.Single(storm.Stragglers);
        Assert.Equal(("Kernel", 30), (straggler.Phase, straggler.Waits));
        Assert.InRange(straggler.Usual, 2, 4);
        Assert.Equal(1, storm.StragglerCount);
    }

    [Fact]
    public void A_client_that_failed_and_began_anew_counts_once_by_its_last_boot()
    {
        _room.With(10, 0, (BootPhase.Booted, 20));
        _room.Clients[0] = _room.Clients[0] with { Current = StormRoom.Boot(25, (BootPhase.Offered, 26)), History = [StormRoom.Boot(0, (BootPhase.Failed, 22))] };
        var storm = _room.At(30, heads: 1);

        Assert.Equal((10, 9, 1, 0, 1), (storm.Clients, storm.Booted, storm.Booting, storm.Failed, storm.FailedBefore));
    }

    [Fact]
    public void Machines_that_want_an_address_only_or_start_from_their_disk_are_not_part_of_it()
    {
        _room.With(30, 0);
        for (var i = 0; i < 30; i++) _room.Clients[i] = _room.Clients[i] with { Current = _room.Clients[i].Current! with { Boots = i % 2 == 0, ToDisk = i % 2 == 0 } };
        Assert.Equal("none", _room.At(10, heads: 1).State);
    }

    [Fact]
    public void A_second_storm_counts_alone_and_a_second_wave_does_not()
    {
        _room.With(10, 0, (BootPhase.Booted, 30)).With(20, 200, (BootPhase.Kernel, 205));
        Assert.Equal(20, _room.At(210, heads: 1).Clients);

        _room.With(5, 0, (BootPhase.Kernel, 220));
        Assert.Equal(35, _room.At(230, heads: 1).Clients);
    }

    [Fact]
    public void Ten_thousand_clients_of_a_head_node_are_told_in_some_kilobytes()
    {
        _room.With(10_000, 0, (BootPhase.Offered, 1), (BootPhase.Bound, 2), (BootPhase.Kernel, 20));
        var window = Node.Storms.StormWindow.Find(Node.Storms.StartBucket.Of(_room.Clients, StormRoom.At(300)))!;
        var tally = Node.Storms.StormCount.Of(_room.Clients, window, StormRoom.At(200), mac => mac.ToString());

        Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(tally, Node.Storms.TallyJson.Default.StormTally).Length, 1, 16 * 1024);
    }

    private static IReadOnlyList<int> Of(StormTimeline line, BootPhase phase) => line.Counts[(int)phase];
}

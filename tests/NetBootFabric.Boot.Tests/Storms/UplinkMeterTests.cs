using NetBootFabric.Boot.Storms;

namespace NetBootFabric.Boot.Tests.Storms;

public sealed class UplinkMeterTests
{
    private readonly ManualTime _time = new();
    private readonly UplinkMeter _meter;

    public UplinkMeterTests() => _meter = new UplinkMeter(_time);

    [Fact]
    public void The_rate_is_that_of_the_last_two_seconds()
    {
        for (var i = 0; i < 20; i++) MoveFor(250, 1000);
        Assert.Equal(4000, _meter.Rate);
        for (var i = 0; i < 8; i++) MoveFor(250, 500);
        Assert.Equal(2000, _meter.Rate);
    }

    [Fact]
    public void A_transfer_that_just_began_is_not_averaged_with_the_silence_before()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        MoveFor(250, 1000);
        Assert.Equal(4000, _meter.Rate);
    }

    [Fact]
    public void After_two_silent_seconds_the_rate_is_zero()
    {
        MoveFor(250, 1000);
        _time.Advance(TimeSpan.FromSeconds(2.25));
        Assert.Equal(0, _meter.Rate);
        Assert.Null(_meter.TimeLeft);
    }

    [Fact]
    public void The_backlog_is_what_began_less_what_moved_or_was_given_up()
    {
        _meter.Began(10_000);
        _meter.Began(5000);
        MoveFor(250, 1000);
        Assert.Equal(14_000, _meter.Backlog);
        Assert.Equal(TimeSpan.FromSeconds(3.5), _meter.TimeLeft);
        _meter.Ended(5000);
        Assert.Equal(9000, _meter.Backlog);
    }

    private void MoveFor(int milliseconds, long octets)
    {
        _meter.Moved(octets);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
    }
}

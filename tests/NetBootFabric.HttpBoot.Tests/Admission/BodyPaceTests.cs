using NetBootFabric.HttpBoot.Admission;

namespace NetBootFabric.HttpBoot.Tests.Admission;

/// <summary>The pace over a link that carries so much and drops the rest, a decision each quarter of a second.</summary>
public sealed class BodyPaceTests
{
    private readonly BodyPace _pace = new();

    [Fact]
    public void While_nothing_is_lost_nothing_is_paced()
    {
        for (var i = 0; i < 100; i++) _pace.Decide(0.019, 1_000_000);
        Assert.Equal(0, _pace.Total);
    }

    [Theory]
    [InlineData(1_250_000)]
    [InlineData(12_500_000)]
    [InlineData(125_000_000)]
    public void It_keeps_to_what_the_link_carries(double link)
    {
        _pace.Decide(0.5, (long)(link / 3)); // the first burst: much is lost, little arrives
        var (carried, sent) = (0.0, 0.0);
        for (var i = 0; i < 240; i++)
        {
            Step(link);
            if (i < 20) continue;
            carried += Math.Min(_pace.Total, link);
            sent += _pace.Total;
        }
        Assert.InRange(carried / (220 * link), 0.95, 1);
        Assert.InRange((sent - carried) / sent, 0, 0.08);
    }

    [Fact]
    public void It_follows_a_link_that_changes()
    {
        _pace.Decide(0.5, 10_000_000);
        for (var i = 0; i < 20; i++) Step(10_000_000);
        for (var i = 0; i < 20; i++) Step(1_000_000);
        Assert.InRange(_pace.Total, 900_000, 1_300_000);
        for (var i = 0; i < 60; i++) Step(10_000_000);
        Assert.InRange(_pace.Total, 9_000_000, 13_000_000);
    }

    [Fact]
    public void One_bad_moment_does_not_stop_everything()
    {
        _pace.Decide(0.1, 10_000_000);
        var before = _pace.Total;
        _pace.Decide(0.9, 0);
        Assert.Equal(before, _pace.Total);
    }

    [Fact]
    public void A_loss_that_does_not_come_from_the_pace_does_not_bring_it_down()
    {
        _pace.Decide(0.04, 10_000_000);
        for (var i = 0; i < 100; i++) _pace.Decide(0.04, (long)(_pace.Total * 0.96));
        Assert.True(_pace.Total >= 9_000_000, $"{_pace.Total}");
    }

    [Fact]
    public void Where_clients_take_less_than_they_may_it_does_not_grow_without_end()
    {
        _pace.Decide(0.1, 10_000_000);
        for (var i = 0; i < 1000; i++) _pace.Decide(0, 1_000_000);
        Assert.InRange(_pace.Total, 10_000_000, 10_600_000);
    }

    [Fact]
    public void It_binds_where_the_link_is_narrow_and_not_where_the_clients_are_slow()
    {
        for (var i = 0; i < 20; i++) _pace.Decide(0, 10_000_000);
        Assert.False(_pace.Binds);
        _pace.Decide(0.1, 10_000_000);
        for (var i = 0; i < 200; i++)
        {
            Step(10_000_000);
            Assert.True(_pace.Binds);
        }
        for (var i = 0; i < 20; i++) _pace.Decide(0, 1_000_000);
        Assert.False(_pace.Binds);
    }

    private void Step(double link) => _pace.Decide(Math.Max(0, (_pace.Total - link) / _pace.Total), (long)Math.Min(_pace.Total, link));
}

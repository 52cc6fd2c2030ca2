using NetBootFabric.Tftp.Serving;
using static NetBootFabric.Tftp.Tests.Transfers.Drive;

namespace NetBootFabric.Tftp.Tests.Serving;

public sealed class TimerWheelTests
{
    private readonly TimerWheel _wheel = new();

    [Fact]
    public void Nothing_fires_early_and_everything_fires()
    {
        var random = new Random(1);
        var due = new Dictionary<TimerNode, TimeSpan>();
        for (var i = 0; i < 2000; i++)
        {
            var node = new Node();
            due[node] = Ms(random.NextDouble() * 20_000);
            _wheel.Schedule(node, TimeSpan.Zero, due[node]);
        }
        for (var now = TimeSpan.Zero; _wheel.Count > 0; now += Ms(0.7))
        {
            while (_wheel.TakeDue(now) is { } node)
            {
                Assert.InRange(now - due[node], TimeSpan.Zero, Ms(2));
                due.Remove(node);
            }
        }
        Assert.Empty(due);
    }

    [Theory]
    [InlineData(100, 300)]
    [InlineData(300, 100)]
    [InlineData(100, 9000)]
    public void The_last_deadline_counts(double first, double last)
    {
        var node = new Node();
        _wheel.Schedule(node, TimeSpan.Zero, Ms(first));
        _wheel.Schedule(node, TimeSpan.Zero, Ms(last));
        Assert.Equal(1, _wheel.Count);
        Assert.Null(_wheel.TakeDue(Ms(last - 1)));
        Assert.Same(node, _wheel.TakeDue(Ms(last + 1)));
        Assert.Null(_wheel.TakeDue(Ms(last + 1)));
    }

    [Fact]
    public void The_wait_ends_no_later_than_the_next_deadline()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, _wheel.Wait(Ms(5)));
        foreach (var due in new[] { 0.5, 63, 64, 700, 2047, 5000 })
        {
            var node = new Node();
            _wheel.Schedule(node, TimeSpan.Zero, Ms(due));
            Assert.InRange(_wheel.Wait(TimeSpan.Zero), TimeSpan.Zero, Ms(due + 1));
            _wheel.Cancel(node);
        }
    }

    [Fact]
    public void An_idle_wheel_takes_a_deadline_days_later()
    {
        var node = new Node();
        var day = TimeSpan.FromDays(1);
        _wheel.Schedule(node, day, day + Ms(100));
        Assert.InRange(_wheel.Wait(day), Ms(100), Ms(101));
        Assert.Null(_wheel.TakeDue(day + Ms(99)));
        Assert.Same(node, _wheel.TakeDue(day + Ms(101)));
    }

    private sealed class Node : TimerNode;
}

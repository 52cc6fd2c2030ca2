namespace NetBootFabric.Actors.Tests;

public sealed class SimulatedNodeTests
{
    private readonly DeterministicRuntime _runtime = new(1);
    private readonly SimulatedNode _node;
    private readonly List<double> _rings = [];

    public SimulatedNodeTests() => _node = new SimulatedNode(_runtime);

    private ITimer Timer(double due, double period) => _node.TimeProvider.CreateTimer(_ => _rings.Add(_runtime.TimeProvider.Elapsed.TotalSeconds), null,
        TimeSpan.FromSeconds(due), period > 0 ? TimeSpan.FromSeconds(period) : Timeout.InfiniteTimeSpan);

    [Fact]
    public void Work_waits_while_the_node_is_paused()
    {
        var done = 0;
        _node.Dispatcher.Schedule(() => done++);
        _node.Pause();
        _node.Dispatcher.Schedule(() => done++);
        _runtime.RunUntilIdle();
        Assert.Equal(0, done);
        _node.Resume();
        _runtime.RunUntilIdle();
        Assert.Equal(2, done);
    }

    [Fact]
    public void A_timer_that_fell_due_often_while_the_node_was_paused_rings_once()
    {
        using var timer = Timer(1, 1);
        _runtime.Advance(TimeSpan.FromSeconds(2));
        _node.Pause();
        _runtime.Advance(TimeSpan.FromSeconds(3.5));
        _node.Resume();
        _runtime.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([1, 2, 5.5, 6, 7], _rings);
    }

    [Fact]
    public void The_clock_goes_on_while_the_node_is_paused()
    {
        var began = _node.TimeProvider.GetTimestamp();
        _node.Pause();
        _runtime.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), _node.TimeProvider.GetElapsedTime(began));
    }

    [Fact]
    public void A_timer_that_is_changed_before_its_ring_was_heard_is_not_heard()
    {
        var timer = Timer(1, 0);
        _node.Pause();
        _runtime.Advance(TimeSpan.FromSeconds(2));
        timer.Dispose();
        _node.Resume();
        _runtime.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(_rings);
    }

    [Fact]
    public void A_dead_node_does_nothing()
    {
        using var timer = Timer(1, 1);
        _node.Dispatcher.Schedule(() => _rings.Add(0));
        _node.Kill();
        _node.Resume();
        _runtime.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(_rings);
    }
}

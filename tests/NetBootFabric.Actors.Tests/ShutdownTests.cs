namespace NetBootFabric.Actors.Tests;

public sealed class ShutdownTests
{
    private readonly DeterministicRuntime _runtime = new(1);
    private readonly List<string> _log = [];
    private readonly ActorSystem _system;

    public ShutdownTests() => _system = ActorSystem.Create("end", new EmbeddedSetup { Dispatcher = _runtime.Dispatcher, TimeProvider = _runtime.TimeProvider });

    private void Task(string phase, string name, TimeSpan takes) => CoordinatedShutdown.Get(_system).AddTask(phase, name, async () =>
    {
        await System.Threading.Tasks.Task.Delay(takes, _runtime.TimeProvider);
        _log.Add(name);
        return Done.Instance;
    });

    [Fact]
    public void Phases_run_in_order_and_the_actors_stop_last()
    {
        _system.ActorOf(Props.Create<Reporter>(_system.ActorOf(Props.Of(() => new Inline((_, message) => _log.Add(message.ToString()!))))));
        Task(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "last", TimeSpan.Zero);
        Task(CoordinatedShutdown.PhaseServiceUnbind, "first", TimeSpan.FromSeconds(2));
        Task(CoordinatedShutdown.PhaseServiceUnbind, "beside", TimeSpan.FromSeconds(1));
        _runtime.RunUntilIdle();
        _log.Clear();
        var run = CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        _runtime.Advance(TimeSpan.FromSeconds(3));
        Assert.True(run.IsCompletedSuccessfully);
        Assert.True(_system.WhenTerminated.IsCompleted);
        Assert.Equal(["beside", "first", "last"], _log.Take(3));
    }

    [Fact]
    public void A_task_that_hangs_is_left_behind_after_its_phase()
    {
        Task(CoordinatedShutdown.PhaseServiceStop, "hangs", TimeSpan.FromDays(1));
        Task(CoordinatedShutdown.PhaseClusterLeave, "next", TimeSpan.Zero);
        var end = _system.Terminate();
        _runtime.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(_log);
        _runtime.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(["next"], _log);
        Assert.True(end.IsCompleted);
    }

    [Fact]
    public void A_task_that_throws_does_not_keep_the_others_from_running()
    {
        CoordinatedShutdown.Get(_system).AddTask(CoordinatedShutdown.PhaseServiceStop, "throws", () => throw new InvalidOperationException("no"));
        Task(CoordinatedShutdown.PhaseServiceStop, "runs", TimeSpan.Zero);
        var end = _system.Terminate();
        _runtime.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["runs"], _log);
        Assert.True(end.IsCompleted);
    }

    [Fact]
    public void It_runs_once()
    {
        var shutdown = CoordinatedShutdown.Get(_system);
        Assert.Same(shutdown.Run(CoordinatedShutdown.UnknownReason.Instance), shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance));
        Assert.Same(CoordinatedShutdown.UnknownReason.Instance, shutdown.ShutdownReason);
        _runtime.RunUntilIdle();
    }

    [Fact]
    public void An_unknown_phase_is_refused() =>
        Assert.Throws<ArgumentException>(() => CoordinatedShutdown.Get(_system).AddTask("some-time", "task", () => System.Threading.Tasks.Task.FromResult(Done.Instance)));
}

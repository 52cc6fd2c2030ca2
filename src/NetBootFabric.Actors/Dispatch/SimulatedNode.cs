namespace NetBootFabric.Actors.Dispatch;

/// <summary>
/// One node of a simulation: a dispatcher and a clock over those that all nodes share, which can be stopped as SIGSTOP and kill -9 stop a process. The clock itself
/// goes on while the node is paused; timers that fell due ring once when it goes on.
/// </summary>
public sealed class SimulatedNode
{
    private readonly NodeDispatcher _dispatcher;
    private readonly NodeTimeProvider _time;

    public SimulatedNode(MessageDispatcher dispatcher, TimeProvider time)
    {
        _dispatcher = new NodeDispatcher(dispatcher);
        _time = new NodeTimeProvider(time, _dispatcher);
    }

    public SimulatedNode(DeterministicRuntime runtime) : this(runtime.Dispatcher, runtime.TimeProvider) { }

    public MessageDispatcher Dispatcher => _dispatcher;

    public TimeProvider TimeProvider => _time;

    public bool IsPaused => _dispatcher.IsPaused;

    public bool IsDead => _dispatcher.IsDead;

    /// <summary>Nothing runs any more until <see cref="Resume"/>; what comes waits.</summary>
    public void Pause() => _dispatcher.Pause();

    public void Resume() => _dispatcher.Resume();

    /// <summary>Nothing runs any more; what comes is lost.</summary>
    public void Kill() => _dispatcher.Kill();
}

using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;

namespace NetBootFabric.Testing.Virtual;

/// <summary>
/// One process of a simulation: its part of the runtime's queue, its clock and its timers, which can be stopped as SIGSTOP and kill -9 stop a process. The clock itself goes on while the
/// node is paused; timers that fell due ring once when it goes on. Thread-safe.
/// </summary>
public sealed class SimulatedNode
{
    private readonly DeterministicRuntime _runtime;
    private readonly NodeTimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<IRunnable> _held = new();
    private bool _paused;
    private bool _dead;

    /// <param name="runtime">Shared by all nodes.</param>
    /// <param name="clockOffset">What the node's clock is wrong by.</param>
    public SimulatedNode(DeterministicRuntime runtime, TimeSpan clockOffset = default)
    {
        _runtime = runtime;
        _time = new NodeTimeProvider(runtime.TimeProvider, clockOffset, this);
    }

    public TimeProvider TimeProvider => _time;

    /// <summary>Since the runtime began: no wrong clock changes it.</summary>
    internal TimeSpan Elapsed => _runtime.TimeProvider.Elapsed;

    public bool IsPaused
    {
        get
        {
            lock (_gate) return _paused;
        }
    }

    public bool IsDead
    {
        get
        {
            lock (_gate) return _dead;
        }
    }

    /// <summary>
    /// A local actor system of this node: its dispatchers, its scheduler. Other settings and set-ups come on top of that; a <see cref="SimulatedHost"/> among them makes it one of several.
    /// </summary>
    public ActorSystem CreateSystem(string name, Config? settings = null, params Setup[] setups)
    {
        var own = setups.OfType<SimulatedHost>().Any() ? VirtualConfig.Host.WithFallback(VirtualConfig.Local) : VirtualConfig.Local;
        var config = settings is null ? own : settings.WithFallback(own);
        var setup = ActorSystemSetup.Create([BootstrapSetup.Create().WithConfig(config), new NodeSetup(this), .. setups]);
        return VirtualScheduler.Beside(this, () => ActorSystem.Create(name, setup));
    }

    /// <summary>Does it in this node, when its turn comes.</summary>
    public void Schedule(Action run) => Execute(new ActionRunnable(run));

    internal void Execute(IRunnable work)
    {
        lock (_gate)
        {
            if (_dead) return;
            if (_paused) _held.Enqueue(work);
            else _runtime.Add(this, work);
        }
    }

    /// <summary>Nothing runs any more until <see cref="Resume"/>; what comes waits.</summary>
    public void Pause()
    {
        lock (_gate) _paused = !_dead;
    }

    public void Resume()
    {
        lock (_gate)
        {
            _paused = false;
            while (_held.TryDequeue(out var work)) _runtime.Add(this, work);
        }
    }

    /// <summary>Nothing runs any more; what comes is lost.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            (_dead, _paused) = (true, false);
            _held.Clear();
        }
        _time.Stop();
    }

    /// <summary>Its turn has come; the node may have been paused or killed in the meantime.</summary>
    internal void Run(IRunnable work)
    {
        lock (_gate)
        {
            if (_paused) _held.Enqueue(work);
            if (_paused || _dead) return;
        }
        work.Run();
    }
}

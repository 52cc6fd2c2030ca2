namespace NetBootFabric.Actors.Actor;

/// <summary>Ends a system in phases, each of which runs its tasks together and waits for them, up to its timeout. Runs once.</summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly string[] Order =
    [
        PhaseBeforeServiceUnbind, PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseServiceStop, PhaseBeforeClusterShutdown,
        PhaseClusterShardingShutdownRegion, PhaseClusterLeave, PhaseClusterExiting, PhaseClusterExitingDone, PhaseClusterShutdown,
        PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    private readonly ActorSystemImpl _system;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = [];
    private Task<Done>? _running;

    internal CoordinatedShutdown(ActorSystemImpl system) => _system = system;

    public ExtendedActorSystem System => _system;

    /// <summary>Why it runs; null before.</summary>
    public Reason? ShutdownReason { get; private set; }

    public TimeSpan TotalTimeout => Order.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));

    public static CoordinatedShutdown Get(ActorSystem sys) => ActorSystemImpl.Of(sys).Extension(static system => new CoordinatedShutdown(system));

    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!Order.Contains(phase)) throw new ArgumentException($"Unknown phase [{phase}]", nameof(phase));
        lock (_gate)
        {
            if (!_tasks.TryGetValue(phase, out var tasks)) _tasks[phase] = tasks = [];
            tasks.Add((taskName, task));
        }
    }

    /// <summary>Runs all phases, or those from <paramref name="fromPhase"/> on. Later calls get the task of the first.</summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        TaskCompletionSource<Done> done;
        lock (_gate)
        {
            if (_running is not null) return _running;
            done = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
            _running = done.Task;
            ShutdownReason = reason;
        }
        _system.Dispatcher.Schedule(() => _ = RunInContext(fromPhase, done));
        return _running;
    }

    public TimeSpan Timeout(string phase) => phase is PhaseClusterShardingShutdownRegion or PhaseClusterExiting or PhaseActorSystemTerminate
        ? _system.Setup.ShutdownPhaseTimeout * 2
        : _system.Setup.ShutdownPhaseTimeout;

    private Task RunInContext(string? fromPhase, TaskCompletionSource<Done> done)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_system.Dispatcher.Context);
        try
        {
            return RunPhases(fromPhase, done);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private async Task RunPhases(string? fromPhase, TaskCompletionSource<Done> done)
    {
        foreach (var phase in fromPhase is null ? Order : Order.SkipWhile(phase => phase != fromPhase))
        {
            if (TasksOf(phase) is { Length: > 0 } tasks) await RunPhase(phase, tasks);
        }
        _system.StopGuardians();
        await _system.WhenTerminated;
        done.TrySetResult(Done.Instance);
    }

    private (string Name, Func<Task<Done>> Run)[] TasksOf(string phase)
    {
        lock (_gate) return _tasks.TryGetValue(phase, out var tasks) ? [.. tasks] : [];
    }

    private async Task RunPhase(string phase, (string Name, Func<Task<Done>> Run)[] tasks)
    {
        var all = Task.WhenAll(tasks.Select(task => RunTask(phase, task.Name, task.Run)));
        var late = new TaskCompletionSource();
        using var timer = _system.TimeProvider.CreateTimer(_ => late.TrySetResult(), null, Timeout(phase), global::System.Threading.Timeout.InfiniteTimeSpan);
        if (await Task.WhenAny(all, late.Task) != all) _system.Log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, Timeout(phase));
    }

    private async Task RunTask(string phase, string name, Func<Task<Done>> run)
    {
        try
        {
            await run();
        }
        catch (Exception failure)
        {
            _system.Log.Error(failure, "Task [{0}] failed in shutdown phase [{1}]", name, phase);
        }
    }

    /// <summary>Why a system ends.</summary>
    public class Reason
    {
        protected Reason() { }
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();
    }
}

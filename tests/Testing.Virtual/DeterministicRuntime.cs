using Akka.Dispatch;

namespace NetBootFabric.Testing.Virtual;

/// <summary>
/// Runs any number of real Akka.NET systems in the calling thread, in virtual time: one queue that a seed draws from, one clock. The same seed and the same calls give the same run.
/// Each actor's own order, and the order between two actors, stay what they are with any dispatcher.
/// </summary>
/// <remarks>
/// It orders what actors do, and what rings by <see cref="TimeProvider"/> or Akka's scheduler. It does not order what goes on on the thread pool, and not what Akka times by the machine's
/// clock: an Ask's timeout and its continuation, circuit breakers of AsyncWriteJournal, phases of CoordinatedShutdown, Akka.Remote and Akka.Cluster's failure detector. Systems made here
/// are local, keep their journal by <see cref="VirtualJournal"/>, and end by <see cref="SimulatedNode.Kill"/>; an Ask is made outside of actors and looked at once it is complete.
/// An await in a timer or in a store's completion goes on at once, in the same piece of work: no context may be current that would send it elsewhere.
/// </remarks>
public sealed class DeterministicRuntime(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<(SimulatedNode Node, IRunnable Work)> _ready = [];
    private readonly Random _random = new(seed);

    public int Seed => seed;

    public VirtualTimeProvider TimeProvider { get; } = new();

    /// <summary>Pieces of work done so far.</summary>
    public long Steps { get; private set; }

    internal void Add(SimulatedNode node, IRunnable work)
    {
        lock (_gate) _ready.Add((node, work));
    }

    /// <summary>Does one piece of work; false when there is none.</summary>
    public bool RunOne()
    {
        if (Draw() is not { } drawn) return false;
        Steps++;
        var outer = SynchronizationContext.Current;
        if (outer is not null) SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            drawn.Node.Run(drawn.Work);
        }
        finally
        {
            if (outer is not null) SynchronizationContext.SetSynchronizationContext(outer);
        }
        return true;
    }

    /// <summary>Runs until no work is ready. Time stands still.</summary>
    /// <exception cref="InvalidOperationException">More than <paramref name="maxSteps"/> pieces of work: something goes round in circles.</exception>
    public void RunUntilIdle(long maxSteps = 100_000_000)
    {
        for (var steps = 0L; RunOne(); steps++)
            if (steps >= maxSteps) throw new InvalidOperationException($"Not idle after {maxSteps} steps (seed {Seed})");
    }

    /// <summary>Lets virtual time pass, timer by timer, and all work be done at each instant.</summary>
    public void Advance(TimeSpan time)
    {
        var limit = TimeProvider.Elapsed + time;
        RunUntilIdle();
        while (TimeProvider.Step(limit)) RunUntilIdle();
    }

    /// <summary>Advances from timer to timer until the condition holds; false when <paramref name="limit"/> of virtual time passed first.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = TimeProvider.Elapsed + limit;
        RunUntilIdle();
        while (!condition())
        {
            if (!TimeProvider.Step(end)) return condition();
            RunUntilIdle();
        }
        return true;
    }

    private (SimulatedNode Node, IRunnable Work)? Draw()
    {
        lock (_gate)
        {
            if (_ready.Count == 0) return null;
            var at = _ready.Count == 1 ? 0 : _random.Next(_ready.Count);
            var drawn = _ready[at];
            _ready[at] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return drawn;
        }
    }
}

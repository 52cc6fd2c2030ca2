namespace NetBootFabric.Actors.Dispatch;

/// <summary>
/// A dispatcher and a clock that run any number of actor systems in the calling thread, in virtual time. Give both to each system's
/// <see cref="EmbeddedSetup"/>. The same seed and the same calls give the same run.
/// </summary>
public sealed class DeterministicRuntime(DeterministicDispatcher dispatcher, VirtualTimeProvider timeProvider)
{
    public DeterministicRuntime(int seed) : this(new DeterministicDispatcher(seed), new VirtualTimeProvider()) { }

    public DeterministicDispatcher Dispatcher => dispatcher;

    public VirtualTimeProvider TimeProvider => timeProvider;

    /// <summary>Runs until no work is ready. Time stands still.</summary>
    /// <exception cref="InvalidOperationException">More than <paramref name="maxSteps"/> pieces of work: something goes round in circles.</exception>
    public void RunUntilIdle(long maxSteps = 100_000_000)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Dispatcher.Context);
        try
        {
            for (var steps = 0L; Dispatcher.RunOne(); steps++)
            {
                if (steps >= maxSteps) throw new InvalidOperationException($"Not idle after {maxSteps} steps (seed {Dispatcher.Seed})");
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
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

    /// <summary>Runs asynchronous code to its end, in virtual time, and gives its result or throws its exception.</summary>
    /// <exception cref="TimeoutException">It has not ended after <paramref name="limit"/> of virtual time.</exception>
    public T Run<T>(Func<Task<T>> code, TimeSpan limit)
    {
        var task = Start(code);
        if (!RunUntil(() => task.IsCompleted, limit)) throw new TimeoutException($"Not ended after {limit} of virtual time (seed {Dispatcher.Seed})");
        return ((Task<T>)task).GetAwaiter().GetResult();
    }

    public void Run(Func<Task> code, TimeSpan limit) => Run<object?>(async () =>
    {
        await code();
        return null;
    }, limit);

    /// <summary>Starts asynchronous code whose continuations run on this dispatcher.</summary>
    public Task Start(Func<Task> code)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Dispatcher.Context);
        try
        {
            return code();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}

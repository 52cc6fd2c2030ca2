namespace NetBootFabric.Actors.Tests;

/// <summary>The base of tests in virtual time.</summary>
public abstract class VirtualTest : NetBootFabric.Actors.TestKit.Xunit2.TestKit
{
    protected VirtualTest(int seed = 1) : this(new DeterministicRuntime(seed)) { }

    private VirtualTest(DeterministicRuntime runtime) : this(runtime, new InMemoryJournalStore(runtime.TimeProvider)) { }

    private VirtualTest(DeterministicRuntime runtime, InMemoryJournalStore store) : base(runtime, new EmbeddedSetup { JournalStore = store, LogSink = _ => { } })
    {
        Runtime = runtime;
        Store = store;
    }

    protected DeterministicRuntime Runtime { get; }

    protected InMemoryJournalStore Store { get; }

    /// <summary>What a task gives, which is done as soon as nothing is left to do at this instant.</summary>
    protected T ResultOf<T>(Task<T> task)
    {
        Runtime.RunUntilIdle();
        Assert.True(task.IsCompleted, "the task has not ended");
        return task.GetAwaiter().GetResult();
    }
}

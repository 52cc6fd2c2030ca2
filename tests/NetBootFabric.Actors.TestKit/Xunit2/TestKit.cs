using Xunit.Abstractions;

namespace NetBootFabric.Actors.TestKit.Xunit2;

/// <summary>The base of test classes: an actor system for each test, which ends with it. A Tell without a sender comes from the test actor.</summary>
public class TestKit : TestKitBase, IDisposable
{
    private readonly SynchronizationContext? _outer = SynchronizationContext.Current;

    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null)
        : base(system ?? ActorSystem.Create("test", WithOutput(new EmbeddedSetup(), output)), null) => BecomeImplicitSender();

    /// <summary>With a set-up of the embedded engine; Akka.NET takes a configuration here.</summary>
    public TestKit(EmbeddedSetup setup, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(ActorSystem.Create(actorSystemName ?? "test", WithOutput(setup, output)), null) => BecomeImplicitSender();

    /// <summary>In virtual time: every wait of this test pumps the runtime.</summary>
    public TestKit(DeterministicRuntime runtime, EmbeddedSetup? setup = null, string? actorSystemName = null, ITestOutputHelper? output = null)
        : this((setup ?? new EmbeddedSetup()) with { Dispatcher = runtime.Dispatcher, TimeProvider = runtime.TimeProvider }, actorSystemName, output) { }

    /// <summary>Called before the system is shut down.</summary>
    protected virtual void AfterAll() { }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        AfterAll();
        ActorCell.SetCurrent(null);
        SynchronizationContext.SetSynchronizationContext(_outer);
        Shutdown();
    }

    private void BecomeImplicitSender()
    {
        ActorCell.SetCurrent(TestActorCell);
        SynchronizationContext.SetSynchronizationContext(new TestActorContext(TestActorCell, TestActorCell.Dispatcher.Context ?? _outer));
    }

    private static EmbeddedSetup WithOutput(EmbeddedSetup setup, ITestOutputHelper? output) =>
        output is null || setup.LogSink is not null ? setup : setup with { LogSink = line => Write(output, line) };

    private static void Write(ITestOutputHelper output, LogEvent line)
    {
        try
        {
            output.WriteLine(line.ToString());
        }
        catch (InvalidOperationException)
        {
            // The test is over; a line of the system's end has nowhere to go.
        }
    }
}

namespace NetBootFabric.Actors.TestKit;

/// <summary>An actor whose messages the test reads, and what a test asks of them. Times are those of the system's clock, real or virtual.</summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan NoMessageDefault = TimeSpan.FromMilliseconds(100);

    private static int s_number;

    private readonly TestActorState _state = new();
    private readonly TestTime _time;
    private readonly LocalActorRef _testActor;
    private TimeSpan? _end;

    protected TestKitBase(ActorSystem system, string? testActorName)
    {
        Sys = system;
        _time = TestTime.Of(system);
        LastSender = system.DeadLetters;
        var name = testActorName ?? "testActor" + Interlocked.Increment(ref s_number);
        _testActor = (LocalActorRef)ActorSystemImpl.Of(system).SystemActorOf(Props.Of(() => new TestActor(_state)), name);
    }

    public ActorSystem Sys { get; }
    public IActorRef TestActor => _testActor;
    public IActorRef LastSender { get; private set; }
    public object? LastMessage { get; private set; }
    public bool HasMessages => _state.Queue.HasMessages;
    public ILoggingAdapter Log => Sys.Log;

    internal ActorCell TestActorCell => _testActor.Cell;

    private protected InternalActorRef TestActorRef => _testActor;

    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, name);

    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => _state.Ignore(shouldIgnoreMessage);

    public void IgnoreMessages<TMsg>() => _state.Ignore(static message => message is TMsg);

    public void IgnoreNoMessages() => _state.Ignore(null);

    /// <summary>The test actor watches; <see cref="ExpectTerminated"/> sees the end.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        AskTestActor<Done>(new WatchRequest(actorToWatch));
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        AskTestActor<Done>(new UnwatchRequest(actorToUnwatch));
        return actorToUnwatch;
    }

    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        await Task.CompletedTask;
        return Watch(actorToWatch);
    }

    /// <summary>Ends the system and waits for it.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var limit = duration ?? TimeSpan.FromSeconds(20);
        if (!_time.WaitFor(system.Terminate(), limit) && verifySystemShutdown) throw new TimeoutException($"{system.Name} has not stopped within {limit}");
    }

    private T AskTestActor<T>(object request)
    {
        var answer = TestActor.Ask<T>(request, TimeSpan.FromSeconds(10));
        if (!_time.WaitFor(answer, TimeSpan.FromSeconds(10))) throw new TimeoutException("The test actor does not answer");
        return answer.GetAwaiter().GetResult();
    }
}

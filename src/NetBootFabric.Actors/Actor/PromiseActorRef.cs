namespace NetBootFabric.Actors.Actor;

/// <summary>The reference that an Ask's answer is told to. It takes one answer.</summary>
internal sealed class PromiseActorRef<T> : InternalActorRef, Remote.IAsker
{
    private readonly ActorSystemImpl _system;
    private readonly TaskCompletionSource<T> _answer;
    private ActorPath? _path;
    private ITimer? _timer;
    private CancellationTokenRegistration _registration;
    private int _answered;
    private volatile bool _isAnnounced;

    public PromiseActorRef(ActorSystemImpl system)
    {
        _system = system;
        // With an ordering dispatcher the answer is set by a piece of its work, and what waits may go on right there.
        _answer = new TaskCompletionSource<T>(system.Dispatcher.OrdersCompletions ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task<T> Answer => _answer.Task;
    public override ActorPath Path => _path ?? LazyInitializer.EnsureInitialized(ref _path, _system.TempPath);
    public override ActorSystemImpl System => _system;
    public override bool IsTerminated => Volatile.Read(ref _answered) != 0;

    public bool Announce()
    {
        _isAnnounced = true;
        Interlocked.MemoryBarrier();
        return !IsTerminated;
    }

    public void ExpireAfter(TimeSpan timeout, ICanTell target, object? message)
    {
        var text = message;
        _timer = _system.TimeProvider.CreateTimer(_ => End(answer => answer.TrySetException(
            new AskTimeoutException($"Timeout after {timeout} without an answer from {target} to {text}"))), null, timeout, Timeout.InfiniteTimeSpan);
        if (IsTerminated) _timer.Dispose();
    }

    public void CancelWith(CancellationToken token)
    {
        _registration = token.Register(() => End(answer => answer.TrySetCanceled(token)));
        if (IsTerminated) _registration.Unregister();
    }

    public override void Tell(object message, IActorRef? sender)
    {
        if (!End(answer => Set(answer, message)) && message is not null)
            _system.PublishDeadLetter(new DeadLetter(message, sender ?? _system.DeadLetters, this));
    }

    public override void SendSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification death: Tell(new Terminated(death.Actor, death.ExistenceConfirmed, addressTerminated: false), death.Actor); break;
            case Watch watch: watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: true)); break;
        }
    }

    private bool End(Action<TaskCompletionSource<T>> set)
    {
        if (Interlocked.Exchange(ref _answered, 1) != 0) return false;
        if (_isAnnounced) _system.Remoting?.Forget(this);
        _timer?.Dispose();
        _registration.Unregister();
        if (_system.Dispatcher.OrdersCompletions) _system.Dispatcher.Schedule(() => set(_answer));
        else set(_answer);
        return true;
    }

    private static void Set(TaskCompletionSource<T> answer, object? message)
    {
        switch (message)
        {
            case Status.Failure failure when !typeof(Status).IsAssignableFrom(typeof(T)):
                answer.TrySetException(failure.Cause ?? new TaskCanceledException("The actor answered with a failure that has no cause"));
                break;
            case T typed: answer.TrySetResult(typed); break;
            case null: answer.TrySetResult(default!); break;
            default: answer.TrySetException(new ArgumentException($"Received an answer of type {message.GetType()}; the Ask expected {typeof(T)}")); break;
        }
    }
}

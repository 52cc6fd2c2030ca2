namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorSystemImpl
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Action> _onTermination = new();
    private int _stopping;

    public override Task WhenTerminated => _terminated.Task;

    public override Task Terminate()
    {
        CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        return WhenTerminated;
    }

    public override void RegisterOnTermination(Action code)
    {
        lock (_onTermination) _onTermination.Push(code);
    }

    /// <summary>Stops /user, then /system, then the rest. Only the coordinated shutdown and a failed guardian call it.</summary>
    public void StopGuardians()
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 0) _userGuardian.SendSystemMessage(new Terminate());
    }

    public void GuardianStopped(IActorRef guardian)
    {
        if (ReferenceEquals(guardian, _userGuardian)) _systemGuardian.SendSystemMessage(new Terminate());
        else FinishTermination();
    }

    public void GuardianFailed(Exception cause)
    {
        Log.Error(cause, "A top-level actor's failure was escalated; the system stops");
        StopGuardians();
    }

    private void FinishTermination()
    {
        _scheduler.Dispose();
        RunTerminationHooks();
        if (Dispatcher.OrdersCompletions) Dispatcher.Schedule(() => _terminated.TrySetResult());
        else _terminated.TrySetResult();
    }

    private void RunTerminationHooks()
    {
        lock (_onTermination)
        {
            while (_onTermination.TryPop(out var code))
            {
                try
                {
                    code();
                }
                catch (Exception failure)
                {
                    Log.Error(failure, "A termination hook threw");
                }
            }
        }
    }
}

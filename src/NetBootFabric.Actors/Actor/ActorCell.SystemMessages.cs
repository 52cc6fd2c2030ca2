namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorCell
{
    private List<Continuation>? _waitingForPause;

    private void HandleGuarded(SystemMessage message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception failure)
        {
            Fail(failure, message);
        }
    }

    private void Handle(SystemMessage message)
    {
        if (_closed)
        {
            HandleClosed(message);
            return;
        }
        switch (message)
        {
            case Continuation continuation: Continue(continuation); break;
            case DeathWatchNotification death: ActorDied(death); break;
            case Failed failed: ChildFailed(failed); break;
            case Watch watch: AddWatcher(watch.Watcher); break;
            case Unwatch unwatch: _watchers?.Remove(unwatch.Watcher); break;
            case Create: Begin(); break;
            case Suspend: SetSuspended(_suspensions + 1); break;
            case Resume resume: EndSuspension(resume); break;
            case Recreate recreate: Restart(recreate.Cause); break;
            case Terminate: BeginTermination(); break;
        }
    }

    private static void HandleClosed(SystemMessage message)
    {
        if (message is Watch watch) watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: true));
    }

    private void Begin()
    {
        try
        {
            MakeInstance();
            _actor!.AroundPreStart();
        }
        catch (Exception failure)
        {
            _actor = null;
            throw failure as ActorInitializationException ?? new ActorInitializationException(self, $"Exception during creation of {self}", failure);
        }
    }

    private void Continue(Continuation continuation)
    {
        if (continuation.Owner is not null && !ReferenceEquals(continuation.Owner, _actor)) return;
        if (continuation.WaitsForPause && (IsSuspended || _asyncRunning))
        {
            (_waitingForPause ??= []).Add(continuation);
            return;
        }
        continuation.Callback(continuation.State);
    }

    private void RunWaiting()
    {
        if (_waitingForPause is not { } waiting) return;
        _waitingForPause = null;
        foreach (var continuation in waiting) Enqueue(continuation);
    }
}

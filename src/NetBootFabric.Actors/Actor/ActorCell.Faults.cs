namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorCell
{
    private int _suspensions;
    private bool _failed;
    private bool _asyncRunning;
    private bool _terminating;
    private Exception? _restartCause;
    private Mail? _failedMail;

    private bool IsSuspended => _failed || _suspensions > 0;

    /// <summary>Restarts granted in the running window, and when the window began (timestamp of the system's clock).</summary>
    public int Restarts { get; set; }
    public long RestartWindowStart { get; set; }

    /// <summary>Suspends this actor and its children and asks the parent what shall become of it.</summary>
    internal void Fail(Exception cause, object? message)
    {
        if (_closed) return;
        if (_failed || _terminating)
        {
            system.Log.Error(cause, "{0} failed again while failing or stopping", self);
            return;
        }
        _failed = true;
        _failedMail = message is null or SystemMessage ? null : _mail;
        UpdatePause();
        TellChildren(static () => new Suspend());
        parent.SendSystemMessage(new Failed(self, cause));
    }

    private void ChildFailed(Failed failed)
    {
        if (_children is null || !_children.Contains(failed.Child)) return;
        var strategy = props.SupervisorStrategy ?? _actor?.ChosenSupervisorStrategy() ?? SupervisorStrategy.DefaultStrategy;
        if (!strategy.HandleFailure(this, failed.Child, failed.Cause)) Fail(failed.Cause, null);
    }

    private void EndSuspension(Resume resume)
    {
        if (resume.AfterFailure) _failed = false;
        else if (_suspensions > 0) _suspensions--;
        UpdatePause();
        // It failed before it came to be: to go on means to try again.
        if (resume.AfterFailure && _actor is null) Begin();
        if (resume.AfterFailure) TellChildren(static () => new Resume(afterFailure: false));
        if (!IsSuspended) RunWaiting();
    }

    private void SetSuspended(int count)
    {
        _suspensions = count;
        UpdatePause();
    }

    private void UpdatePause() => _paused = _failed || _suspensions > 0 || _asyncRunning || _terminating || _restartCause is not null;

    private void Restart(Exception cause)
    {
        if (_terminating || _restartCause is not null) return;
        if (_actor is null)
        {
            // It never came to be: there is nothing to restart, only to try again.
            FinishRestart(cause);
            return;
        }
        _mail = _failedMail;
        try
        {
            _actor.AroundPreRestart(cause, _failedMail?.Message);
        }
        catch (Exception failure)
        {
            system.Log.Error(failure, "{0} threw in PreRestart", self);
        }
        _mail = null;
        EndInstance();
        _restartCause = cause;
        UpdatePause();
        if (!HasStoppingChildren) FinishRestart(cause);
    }

    private void FinishRestart(Exception cause)
    {
        _restartCause = null;
        _waitingForPause = null;
        var failedMessage = _failedMail?.Message;
        _failedMail = null;
        try
        {
            MakeInstance();
            _failed = false;
            _asyncRunning = false;
            _suspensions = 0;
            UpdatePause();
            _actor!.AroundPostRestart(cause, failedMessage);
            TellChildren(() => new Recreate(cause));
        }
        catch (Exception failure)
        {
            _actor = null;
            _failed = false;
            throw new PostRestartException(self, failure, cause);
        }
    }

    /// <summary>What belongs to one incarnation ends with it: timers, receive timeout; stashed messages go back to the mailbox.</summary>
    private void EndInstance()
    {
        _timers?.CancelAll();
        _timers = null;
        _stash?.UnstashAll();
        _stash = null;
        CancelReceiveTimeout();
        _asyncRunning = false;
        _actor = null;
    }

    private void BeginTermination()
    {
        if (_terminating) return;
        _terminating = true;
        _restartCause = null;
        _paused = true;
        StopChildren();
        if (_children is null || _children.IsEmpty) FinishTermination();
    }

    private void FinishTermination()
    {
        var instance = _actor;
        try
        {
            _timers?.CancelAll();
            CancelReceiveTimeout();
            instance?.AroundPostStop();
        }
        catch (Exception failure)
        {
            system.Log.Error(failure, "{0} threw in PostStop", self);
        }
        finally
        {
            _stash?.UnstashAll();
            Close();
        }
    }

    private void Close()
    {
        _actor = null;
        _behavior = null;
        _outerBehaviors = null;
        _timers = null;
        _stash = null;
        _waitingForPause = null;
        _closed = true;
        UnwatchAll();
        parent.SendSystemMessage(new DeathWatchNotification(self, existenceConfirmed: true));
        NotifyWatchers();
    }
}

namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorCell
{
    /// <summary>Starts an async handler. Until it ends the mailbox rests and what follows each await runs in the actor.</summary>
    public void RunTask(Func<Task> action)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new ActorSynchronizationContext(this, _actor!));
        Task task;
        try
        {
            task = action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
        if (task.IsCompletedSuccessfully) return;
        if (task.IsCompleted) task.GetAwaiter().GetResult();
        _asyncRunning = true;
        UpdatePause();
        var owner = _actor;
        task.ContinueWith(static (ended, state) => ((AsyncEnd)state!).Post(ended), new AsyncEnd(this, owner!),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public bool IsAsyncRunning => _asyncRunning;

    private void EndAsync(Task task)
    {
        var message = _mail?.Message;
        _asyncRunning = false;
        UpdatePause();
        try
        {
            _actor!.AsyncHandlerEnded(failed: !task.IsCompletedSuccessfully);
            task.GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            Fail(failure, message);
        }
        finally
        {
            if (!_asyncRunning) _mail = null;
            if (!IsSuspended && !_asyncRunning) RunWaiting();
        }
    }

    private sealed record AsyncEnd(ActorCell Cell, ActorBase Owner)
    {
        public void Post(Task ended) => Cell.Enqueue(new Continuation(task => Cell.EndAsync((Task)task!), ended, Owner, waitsForPause: false));
    }
}

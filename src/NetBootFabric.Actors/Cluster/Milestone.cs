namespace NetBootFabric.Actors.Cluster;

/// <summary>Something that happens once, which callbacks and tasks wait for.</summary>
internal sealed class Milestone(ActorSystemImpl system)
{
    private readonly Lock _gate = new();

    // With an ordering dispatcher it is reached by a piece of its work, and what waits may go on right there.
    private readonly TaskCompletionSource _reached = new(system.Dispatcher.OrdersCompletions ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Action> _callbacks = [];

    public bool IsReached { get; private set; }

    public Task Task => _reached.Task;

    public void OnReached(Action callback)
    {
        lock (_gate)
        {
            if (!IsReached)
            {
                _callbacks.Add(callback);
                return;
            }
        }
        callback();
    }

    public void Reach()
    {
        lock (_gate)
        {
            if (IsReached) return;
            IsReached = true;
        }
        foreach (var callback in _callbacks) Run(callback);
        if (system.Dispatcher.OrdersCompletions) system.Dispatcher.Schedule(() => _reached.TrySetResult());
        else _reached.TrySetResult();
    }

    private void Run(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception failure)
        {
            system.Log.Error(failure, "A callback of the cluster's membership threw");
        }
    }
}

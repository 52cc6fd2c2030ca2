namespace NetBootFabric.Actors.Dispatch;

/// <summary>Gives actors the threads they run on.</summary>
public abstract class MessageDispatcher
{
    /// <summary>Messages one actor may handle in a row before others have a turn.</summary>
    public abstract int Throughput { get; }

    /// <summary>Where code that awaits outside actors goes on; null: wherever the runtime puts it.</summary>
    public virtual SynchronizationContext? Context => null;

    public abstract void Execute(IThreadPoolWorkItem work);

    /// <summary>True when completions have to come back through <see cref="Execute"/>, so that their order is this dispatcher's.</summary>
    internal virtual bool OrdersCompletions => false;

    public void Schedule(Action run) => Execute(new ActionItem(run));

    private sealed class ActionItem(Action run) : IThreadPoolWorkItem
    {
        public void Execute() => run();
    }
}

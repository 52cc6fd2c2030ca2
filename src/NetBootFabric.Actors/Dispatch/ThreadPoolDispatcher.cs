namespace NetBootFabric.Actors.Dispatch;

/// <summary>Runs actors on the .NET thread pool, or in the batch that the waking thread has open.</summary>
public sealed class ThreadPoolDispatcher(int throughput = 30) : MessageDispatcher
{
    public static ThreadPoolDispatcher Default { get; } = new();

    public override int Throughput => throughput;

    public override void Execute(IThreadPoolWorkItem work)
    {
        if (!DispatchBatch.TryAdd(work)) ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }
}

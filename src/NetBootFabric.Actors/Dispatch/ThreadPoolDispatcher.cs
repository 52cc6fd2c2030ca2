namespace NetBootFabric.Actors.Dispatch;

/// <summary>Runs actors on the .NET thread pool.</summary>
public sealed class ThreadPoolDispatcher(int throughput = 30) : MessageDispatcher
{
    public static ThreadPoolDispatcher Default { get; } = new();

    public override int Throughput => throughput;

    public override void Execute(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>Mistakes of the server's own that some request brought to light. Any thread.</summary>
internal sealed class FaultCount
{
    private long _count;
    private volatile Exception? _last;

    public long Count => Volatile.Read(ref _count);
    public Exception? Last => _last;

    public void Add(Exception fault)
    {
        _last = fault;
        Interlocked.Increment(ref _count);
    }
}

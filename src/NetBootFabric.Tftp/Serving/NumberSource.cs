namespace NetBootFabric.Tftp.Serving;

/// <summary>Numbers for the transfers of all workers.</summary>
internal sealed class NumberSource
{
    private long _last;

    public long Next() => Interlocked.Increment(ref _last);
}

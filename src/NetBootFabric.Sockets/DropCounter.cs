namespace NetBootFabric.Sockets;

/// <summary>Makes a growing 64-bit count of the kernel's 32-bit one (SO_RXQ_OVFL), which wraps. One thread writes, any reads.</summary>
internal sealed class DropCounter
{
    private uint _last;
    private long _total;

    public long Total => Interlocked.Read(ref _total);

    public void Observe(uint kernelCount)
    {
        if (kernelCount == _last) return;
        Interlocked.Add(ref _total, unchecked(kernelCount - _last));
        _last = kernelCount;
    }
}

using System.Collections.Concurrent;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Admission;

/// <summary>Admits everyone while slots are free, and paces nobody.</summary>
/// <param name="total">Transfers at a time.</param>
/// <param name="perClient">Transfers at a time of one address, so that one client can't take every slot.</param>
/// <param name="windowLimit">Blocks in a window.</param>
public sealed class SlotLimits(int total, int perClient, int windowLimit) : ITransferGovernor
{
    private readonly ConcurrentDictionary<Ipv4Address, int> _clients = new();
    private int _taken;

    /// <summary>Transfers that run.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public TransferAdmission Admit(Ipv4Address peer, string path)
    {
        if (Interlocked.Increment(ref _taken) > total)
        {
            Interlocked.Decrement(ref _taken);
            return AdmissionVerdict.Later;
        }
        if (_clients.AddOrUpdate(peer, 1, static (_, count) => count + 1) <= perClient) return new TransferAdmission(AdmissionVerdict.Admitted, windowLimit);
        Release(peer);
        return AdmissionVerdict.Later;
    }

    public TimeSpan Pace(Ipv4Address peer, int octets) => TimeSpan.Zero;

    public void Release(Ipv4Address peer)
    {
        Interlocked.Decrement(ref _taken);
        var left = _clients.AddOrUpdate(peer, 0, static (_, count) => count - 1);
        // Removed only while it is still zero: another worker may be admitting the same client.
        if (left == 0) _clients.TryRemove(KeyValuePair.Create(peer, 0));
    }
}

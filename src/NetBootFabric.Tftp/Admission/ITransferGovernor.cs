using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Admission;

/// <summary>
/// Decides which transfers run and how fast. Asked by every worker thread: implementations are thread-safe and never wait.
/// </summary>
public interface ITransferGovernor
{
    /// <summary>A new read request. Every admitted one is ended by <see cref="Release"/>.</summary>
    TransferAdmission Admit(Ipv4Address peer, string path);

    /// <summary>
    /// May a window leave now? Zero: at once. Otherwise how long it waits; it is not asked again for the same window.
    /// A window can't be sent in part and left at that: the client acknowledges whole ones (RFC 7440).
    /// </summary>
    TimeSpan Pace(Ipv4Address peer, int octets);

    /// <summary>The transfer is over.</summary>
    void Release(Ipv4Address peer);
}

/// <param name="WindowLimit">Most blocks a window of this transfer may have; at least 1 when admitted.</param>
public readonly record struct TransferAdmission(AdmissionVerdict Verdict, int WindowLimit = 1)
{
    public static implicit operator TransferAdmission(AdmissionVerdict verdict) => new(verdict);
}

public enum AdmissionVerdict
{
    Admitted,

    /// <summary>
    /// Not now: nothing is answered. Firmware takes an ERROR for the end of the boot, but repeats an unanswered request by itself
    /// (iPXE for 22 s, a PXE ROM for as long), and the repetition is asked again.
    /// </summary>
    Later,
}

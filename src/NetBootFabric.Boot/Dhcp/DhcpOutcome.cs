using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>What is to be done about an inquiry: one of the cases nested here.</summary>
public abstract record DhcpOutcome
{
    private DhcpOutcome() { }

    /// <summary>Send the reply; nothing is to be written.</summary>
    /// <param name="Boot">What the reply says of booting; null when it says nothing.</param>
    public sealed record Answer(DhcpAnswer Reply, LoaderChoice? Boot = null) : DhcpOutcome;

    /// <summary>
    /// Commit the lease, and send the reply once it is committed (RFC 2131 §3.1 step 4): <see cref="DhcpDecision.AfterCommit"/> says whether.
    /// </summary>
    public sealed record CommitThenAnswer(Lease Lease, DhcpAnswer Reply, LoaderChoice? Boot = null) : DhcpOutcome;

    /// <summary>The client found its address in use (DHCPDECLINE): nobody gets it for a while. No answer.</summary>
    public sealed record QuarantineAddress(Quarantine Quarantine) : DhcpOutcome;

    /// <summary>The client gave its address back (DHCPRELEASE). No answer.</summary>
    public sealed record ReleaseAddress(Ipv4Address Address) : DhcpOutcome;

    public sealed record Dismiss(DhcpDismissal Reason) : DhcpOutcome;
}

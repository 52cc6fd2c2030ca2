using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>Clients with which nothing is wrong, or of which nothing is known.</summary>
internal static class StandingRules
{
    /// <summary>An eighth: less than a link of the next lower speed, after what other clients take away.</summary>
    private const double SlowShare = 0.125;

    /// <summary>Of a client whose boots are not known.</summary>
    public static Diagnosis Unknown(ClientFacts facts) => facts.Lease is { } lease ? OnlyLeased(lease) : NeverHeard(facts);

    private static Diagnosis OnlyLeased(Lease lease) => new(ClientStanding.Unheard, $"it was given {lease.Address}, and nothing else is known of it")
    {
        Remedy = "nothing: the head node that answered was ended before it could write down the boot, or the boot was too long ago; it is known again when it asks again",
    };

    private static Diagnosis NeverHeard(ClientFacts facts) => new(ClientStanding.Unheard, "no packet of this MAC address ever came")
    {
        Cause = FailureCause.NeverHeard,
        Step = BootStep.Dhcp,
        Remedy = facts.Lookalike is { } alike
            ? $"{alike} asks and is no node: is the node's MAC address mistyped? Else look whether it is on, boots from the network first, and its switch port is in the right VLAN"
            : "look whether it is on, whether network boot comes first in its firmware, whether its switch port is up and in a VLAN of the head nodes, and whether a relay agent forwards to them",
    };

    public static Finding? Booted(Case it)
    {
        if (it.Boot.Phase != BootPhase.Booted) return null;
        var took = it.Boot.Phases[^1].At - it.Boot.StartedAt;
        return new Finding(null, $"it booted at {it.Boot.Phases[^1].At:yyyy-MM-dd HH:mm:ss} UTC, {Spans.Count(it.Boot.Exchanges, "exchange")}, {Spans.Text(took)}") { Standing = ClientStanding.Fine };
    }

    public static Finding? Held(Case it) => it.Facts.State.IntentOf(it.Node) == BootIntent.Hold
        ? new Finding(null, $"the operator holds it, it asked for {Spans.Text(it.Boot.LastHeard - it.Boot.StartedAt)}", "pbm node set with another 'intent' lets it go on by itself") { Standing = ClientStanding.Held }
        : null;

    public static Finding? LocalDisk(Case it) => it.Boot.ToDisk
        ? new Finding(null, $"it boots from its own disk, as its node entry says; told so {Spans.Text(it.Silence)} ago") { Standing = ClientStanding.LocalDisk }
        : null;

    /// <summary>It is lent an address, and has nothing to load by that the fabric knows of.</summary>
    public static Finding? LacksLoader(Case it) => it.Boot is { LacksLoader: true, HasEnded: false, Trouble: null, Phase: BootPhase.Bound or BootPhase.Resolved, Downloads.IsEmpty: true }
        ? new Finding(
            FailureCause.WrongFirmware,
            $"it has {it.Boot.Address} and no boot file: no loader is made for its firmware, {it.Boot.Architecture} ({(int)it.Boot.Architecture})",
            "name one by hand in its profile ('boot_file', 'next_server', 'options'), or set its firmware to BIOS, 64-bit UEFI or UEFI HTTP boot")
        { Step = BootStep.Dhcp, Standing = ClientStanding.Stuck }
        : null;

    public static Finding? LeaseOnly(Case it)
    {
        if (it.Boot.Boots) return null;
        return it.Boot.Exchanges > 0
            ? new Finding(null, $"its system asked for a lease only, and has {it.Boot.Address}; it did not ask to boot") { Standing = ClientStanding.Fine }
            : new Finding(null, "its system asks for a lease; it did not ask to boot") { Standing = ClientStanding.GoingOn };
    }

    public static Finding? Slow(Case it)
    {
        if (it.Rate <= 0 || it.Rate >= it.Facts.UsualRate * SlowShare) return null;
        return new Finding(
            FailureCause.SlowLink,
            $"it loads at {Spans.Bytes(it.Rate)}/s, the others at {Spans.Bytes(it.Facts.UsualRate)}/s",
            "look at the speed and duplex of its switch port (ethtool, the switch's error counters), at its cable, and at what else uses that link")
        { Standing = ClientStanding.Slow, Step = it.Kernel?.Protocol == TransferProtocol.Tftp ? BootStep.Tftp : BootStep.Http };
    }

    public static Finding? GoingOn(Case it) => new(null, Course(it)) { Standing = ClientStanding.GoingOn };

    private static string Course(Case it) => it.Boot.Phase switch
    {
        _ when it.Boot.AwaitsTurn => $"it waits for its turn to load, since the uplink of its head node is full; it asked {Spans.Text(it.Silence)} ago",
        BootPhase.Discovering or BootPhase.Offered => $"it asks for an address since {Spans.Text(it.Age)}",
        BootPhase.Bound or BootPhase.Resolved => $"it has {it.Boot.Address} and is about to load from {it.Boot.Server}",
        _ when it.KernelIsLoaded => $"all was loaded {Spans.Text(it.Silence)} ago, its system starts",
        _ when it is { Kernel.Stage: TransferStage.Done, Last.Stage: TransferStage.Done } && BootNeeds.Missing(it.Known) is { } missing => $"it loaded {it.Kernel.Path} {Spans.Text(it.Silence)} ago, and {missing} is next",
        _ when it.Last is { Stage: TransferStage.Started or TransferStage.Progress, Length: > 0 } loading =>
            $"it loads {loading.Path}: {Spans.Bytes(loading.Bytes)} of {Spans.Bytes(loading.Length.Value)}{(it.Rate > 0 ? $", {Spans.Bytes(it.Rate)}/s" : "")}",
        _ => $"it is at its {it.Boot.Phase.ToString().ToLowerInvariant()} since {Spans.Text(it.Now - it.Boot.Phases[^1].At)}",
    };
}

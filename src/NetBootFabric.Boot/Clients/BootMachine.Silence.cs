using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Clients;

public static partial class BootMachine
{
    /// <summary>A PXE ROM's whole retry schedule, 4+8+16+32 s, is over after this: who is silent for longer has given up.</summary>
    public static readonly TimeSpan NetworkPatience = TimeSpan.FromSeconds(65);

    /// <summary>From the last byte of the initrd to the system's report: firmware self tests are over, but large rooms have slow disks and long service starts.</summary>
    public static readonly TimeSpan SystemPatience = TimeSpan.FromMinutes(10);

    /// <summary>When silence becomes a failure; null when there is nothing to wait for.</summary>
    public static DateTimeOffset? Deadline(ClientState state) =>
        state.Current is { IsAwaited: true } boot ? boot.LastHeard + Patience(boot) : null;

    private static TimeSpan Patience(BootRecord boot) =>
        boot.Trouble is null && KernelIsLoaded(boot) ? SystemPatience : NetworkPatience;

    /// <summary>The deadline passed: the boot has failed, and this is why.</summary>
    public static ClientState OnSilence(ClientState state, DateTimeOffset now)
    {
        if (Deadline(state) is not { } deadline || deadline > now) return state;
        var boot = state.Current!;
        return state with { Current = Fail(boot, boot.Trouble ?? Diagnose(boot), now) };
    }

    /// <summary>What is wrong with a boot whose client is silent, were it to stay so.</summary>
    internal static BootFailure Diagnose(BootRecord boot) => boot.Phase switch
    {
        BootPhase.Discovering => new(BootStep.Dhcp, FailureCause.StoreUnavailable, $"{boot.Discovers} DISCOVER, no OFFER sent"),
        BootPhase.Offered => new(BootStep.Dhcp, FailureCause.NoRequest, $"OFFER sent {Spans.Times(boot.OffersUnanswered)}, no REQUEST"),
        BootPhase.Bound => new(BootStep.Arp, FailureCause.NeverAsked, $"{boot.Address} given, {boot.Server} never asked for"),
        BootPhase.Resolved when boot.Downloads.IsEmpty => new(BootStep.Arp, FailureCause.ArpUnanswered, $"asked for {boot.Server} {Spans.Times(boot.ArpQuestions)}, no request followed"),
        _ when KernelIsLoaded(boot) => new(BootStep.Kernel, FailureCause.NoReport, $"{boot.Bytes} bytes loaded, no report"),
        _ => Unloaded(boot) ?? new(StepOf(boot), FailureCause.Stalled, $"after {LastPath(boot)}"),
    };

    private static string LastPath(BootRecord boot) => boot.Downloads.IsEmpty ? "no download" : boot.Downloads[^1].Path;

    /// <summary>All that its system needs is there: the rest is the system's own affair.</summary>
    internal static bool KernelIsLoaded(BootRecord boot) => boot.Phase is BootPhase.Kernel or BootPhase.Initrd && BootNeeds.AreMet(boot);

    private static Download? LastPayload(BootRecord boot) => boot.Downloads.LastOrDefault(each => BootNeeds.IsPayload(each.Role));

    /// <summary>Its kernel came, and what belongs to it was never asked for; null: it was, or nothing is missing.</summary>
    private static BootFailure? Unloaded(BootRecord boot)
    {
        if (boot.Phase is not (BootPhase.Kernel or BootPhase.Initrd) || LastPayload(boot) is not { Stage: TransferStage.Done }) return null;
        if (BootNeeds.Missing(boot) is not { } missing || BootNeeds.WasAskedFor(boot, missing)) return null;
        return BootNeeds.Refused(boot) is { } refused
            ? new(StepOf(boot), FailureCause.LoaderRefuses, refused.Path)
            : new(StepOf(boot), FailureCause.NotAskedFor, missing);
    }

    internal static BootStep StepOf(BootRecord boot) => boot.Phase switch
    {
        <= BootPhase.Offered => BootStep.Dhcp,
        BootPhase.Bound => BootStep.Arp,
        _ when KernelIsLoaded(boot) => BootStep.Kernel,
        _ => boot.Transport == TransferProtocol.Http ? BootStep.Http : BootStep.Tftp,
    };
}

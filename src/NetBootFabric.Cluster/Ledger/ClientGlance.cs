using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>What is counted and watched of a client without looking at all of it.</summary>
/// <param name="IsThere">False: of no client.</param>
/// <param name="HasBoot">False: it was never heard of.</param>
/// <param name="Due">UTC ticks when its silence becomes a failure; 0: nothing is awaited.</param>
/// <param name="FirmwareUntil">UTC ticks until which it is taken to be in firmware, and silent; 0: it is not.</param>
public readonly record struct ClientGlance(bool IsThere, bool HasBoot, BootPhase Phase, bool Held, bool AwaitsTurn, long Due, long FirmwareUntil)
{
    public static ClientGlance Of(ClientState state) => state.Current is not { } boot
        ? new(IsThere: true, HasBoot: false, default, false, false, 0, 0)
        : new(IsThere: true, HasBoot: true, boot.Phase, boot.Held, boot.AwaitsTurn, BootMachine.Deadline(state)?.UtcTicks ?? 0,
            boot.IsInFirmware(boot.LastHeard) ? (boot.LastHeard + BootMachine.NetworkPatience).UtcTicks : 0);

    /// <summary>As <see cref="BootRecord.PhaseName"/>.</summary>
    public string PhaseName => Phase is BootPhase.Booted or BootPhase.Failed ? Phase.ToString() : Held ? nameof(Held) : AwaitsTurn ? "Waiting" : Phase.ToString();
}

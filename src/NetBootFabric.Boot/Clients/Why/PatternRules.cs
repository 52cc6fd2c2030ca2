using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>What shows only in several boots, or several downloads, together.</summary>
internal static class PatternRules
{
    private const int Loop = 3;

    /// <summary>Boots further apart than that are no series.</summary>
    private static readonly TimeSpan Series = TimeSpan.FromHours(1);

    /// <summary>A board that was replaced changes the UUID once; two machines change it back and forth.</summary>
    public static Finding? TwoMachines(Case it) => it.Facts.State.Attributes is { UuidReturns: > 0 } two
        ? new Finding(
            FailureCause.DuplicateMac,
            $"two machines use this MAC address: they show the UUIDs {two.Uuid} and {two.EarlierUuid} in turn",
            "give one of them its own MAC address back (a cloned virtual machine, a card set by its driver), or switch it off")
        { Step = BootStep.Dhcp }
        : null;

    public static Finding? LoaderLoop(Case it)
    {
        var again = it.Boot.Downloads.Where(download => download is { Role: ContentRole.Loader, Stage: TransferStage.Done }).CountBy(download => download.Path).DefaultIfEmpty().MaxBy(each => each.Value);
        return again.Value < Loop || it.Boot.Phase > BootPhase.Loader && !it.HasFailed ? null : new Finding(
            FailureCause.LoaderLoop,
            $"it fetched the loader {again.Key} {Spans.Times(again.Value)} and comes no further: what it loads asks for itself again",
            "set 'loader: auto' in its profile, or one that does not chain to itself; look at the machine's console for what the loader says");
    }

    public static Finding? RestartsAgain(Case it)
    {
        var (history, previous) = (it.Facts.State.History, it.Boot.StartedAt);
        var restarts = history.TakeWhile(boot => IsRestart(boot) && previous - boot.StartedAt < Series && (previous = boot.StartedAt) != default).ToList();
        if (restarts.Count + (IsRestart(it.Boot) ? 1 : 0) < 2) return null;
        var span = Spans.Text(it.Now - restarts[^1].StartedAt);
        return restarts.All(boot => boot.Failure!.Cause == FailureCause.DiedBeforeReport)
            ? KernelRules.Died(it, restarts[0].Failure!) with
            {
                Sentence = $"it was started anew {Spans.Times(restarts.Count)} in {span}, each time after its kernel was loaded and before its system reported, last {restarts[0].Failure!.Detail}",
                Standing = ClientStanding.Stuck,
            }
            : new Finding(
                FailureCause.RestartsAgain,
                $"it began anew {Spans.Times(restarts.Count)} in {span}, last {restarts[0].Failure!.Detail}",
                "look at its console; a watchdog or the power's schedule may reset it, its firmware may give up (network boot time-out), its power supply or memory may be at fault")
            { Step = restarts[0].Failure!.Step, Standing = ClientStanding.Stuck };
    }

    /// <summary>The boot going on has met no problem yet, but the one before did, further on: that is what the operator asks for.</summary>
    public static Finding? FailedBefore(Case it)
    {
        if (it.Facts.State.History is not [{ Phase: BootPhase.Failed, Failure: { } failure } before, ..] || it.Boot.StartedAt - before.LastHeard > Series) return null;
        if (before.Phases.Length > 1 && it.Boot.Phase > before.Phases[^2].Phase) return null;
        var found = KernelRules.WrongKernel(it with { Boot = before }) ?? CauseRules.Explain(it with { Boot = before }, failure);
        var again = it.Facts.State.History.TakeWhile(boot => boot.Failure?.Cause == failure.Cause).Count() > 1;
        return found with
        {
            Sentence = $"it tries again since {Spans.Text(it.Age)}; boot {before.Number} failed: {found.Sentence}",
            Step = found.Step ?? failure.Step,
            Standing = again ? ClientStanding.Stuck : ClientStanding.GoingOn,
        };
    }

    private static bool IsRestart(BootRecord boot) => boot.Failure?.Cause is FailureCause.Restarted or FailureCause.DiedBeforeReport;
}

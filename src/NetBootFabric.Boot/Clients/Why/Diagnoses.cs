namespace NetBootFabric.Boot.Clients.Why;

/// <summary>Explains how a client stands and why. Pure. The table of contents of the rules: the first that has something to say says it.</summary>
public static class Diagnoses
{
    private static readonly Rule[] Rules =
    [
        StandingRules.Booted,
        StandingRules.Held,
        StandingRules.LocalDisk,
        StandingRules.LacksLoader,
        PatternRules.TwoMachines,
        PatternRules.LoaderLoop,
        PatternRules.RestartsAgain,
        KernelRules.WrongKernel,
        PayloadRules.Refused,
        CauseRules.Problem,
        PatternRules.FailedBefore,
        StandingRules.LeaseOnly,
        StandingRules.Slow,
        StandingRules.GoingOn,
    ];

    public static Diagnosis Explain(ClientFacts facts)
    {
        if (facts.State.Current is not { } boot) return StandingRules.Unknown(facts);
        var it = new Case(facts, boot);
        var found = Rules.Select(rule => rule(it)).First(finding => finding is not null)!;
        var standing = found.Standing ?? (it.HasFailed ? ClientStanding.Failed : ClientStanding.Stuck);
        return new Diagnosis(standing, found.Sentence)
        {
            Cause = found.Cause,
            Step = found.Cause is null ? null : found.Step ?? it.Problem?.Step ?? BootMachine.StepOf(boot),
            Remedy = found.Remedy,
            Evidence = [.. found.Evidence, .. BootEvidence.Of(it)],
        };
    }
}

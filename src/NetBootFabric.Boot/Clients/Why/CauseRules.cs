using System.Collections.Frozen;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>Which rule explains which cause.</summary>
internal static class CauseRules
{
    private static readonly FrozenDictionary<FailureCause, CauseRule> Rules = new Dictionary<FailureCause, CauseRule>
    {
        [FailureCause.PoolExhausted] = DhcpRules.PoolExhausted,
        [FailureCause.UnknownClient] = DhcpRules.UnknownClient,
        [FailureCause.NoProfile] = DhcpRules.NoProfile,
        [FailureCause.WrongFirmware] = DhcpRules.WrongFirmware,
        [FailureCause.NoBootFile] = DhcpRules.NoBootFile,
        [FailureCause.NoSubnet] = DhcpRules.NoSubnet,
        [FailureCause.StoreUnavailable] = DhcpRules.StoreUnavailable,
        [FailureCause.NotOnRecord] = DhcpRules.NotOnRecord,
        [FailureCause.Unintelligible] = DhcpRules.Unintelligible,
        [FailureCause.NoRequest] = DhcpRules.NoRequest,
        [FailureCause.OtherServerSelected] = DhcpRules.OtherServer,
        [FailureCause.AddressInUse] = ArpRules.AddressInUse,
        [FailureCause.NeverAsked] = ArpRules.NeverAsked,
        [FailureCause.ArpUnanswered] = ArpRules.ArpUnanswered,
        [FailureCause.NotFound] = FileRules.NotFound,
        [FailureCause.BadPath] = FileRules.BadPath,
        [FailureCause.AccessDenied] = FileRules.AccessDenied,
        [FailureCause.ReadError] = FileRules.ReadError,
        [FailureCause.Misconfigured] = FileRules.Misconfigured,
        [FailureCause.TransferTimedOut] = TransferRules.TimedOut,
        [FailureCause.ClientError] = TransferRules.ClientError,
        [FailureCause.IllegalRequest] = TransferRules.IllegalRequest,
        [FailureCause.TooBusy] = TransferRules.TooBusy,
        [FailureCause.Stalled] = TransferRules.Stalled,
        [FailureCause.LoaderRefuses] = PayloadRules.LoaderRefuses,
        [FailureCause.NotAskedFor] = PayloadRules.NotAskedFor,
        [FailureCause.NoReport] = KernelRules.NoReport,
        [FailureCause.DiedBeforeReport] = KernelRules.Died,
        [FailureCause.SystemFailed] = KernelRules.SystemFailed,
        [FailureCause.Restarted] = KernelRules.Restarted,
    }.ToFrozenDictionary();

    /// <summary>Causes that a boot's record can name.</summary>
    public static IEnumerable<FailureCause> Explained => Rules.Keys;

    public static Finding? Problem(Case it) => it.Problem is { } problem ? Explain(it, problem) : null;

    public static Finding Explain(Case it, BootFailure problem)
    {
        var found = Rules.TryGetValue(problem.Cause, out var rule) ? rule(it, problem) : new Finding(problem.Cause, problem.Detail);
        return found.Step is null ? found with { Step = problem.Step } : found;
    }
}

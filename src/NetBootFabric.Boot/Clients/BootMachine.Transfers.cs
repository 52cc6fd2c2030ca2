using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Clients;

public static partial class BootMachine
{
    /// <summary>A download of the client began, went on or ended.</summary>
    public static ClientState OnTransfer(ClientState state, TransferEvent seen)
    {
        seen = Evidence.Of(seen);
        var boot = state.Current;
        if (boot is null or { Phase: BootPhase.Booted }) return WithoutDhcp(state, seen);
        if (boot.Phase == BootPhase.Failed && boot.Failure?.Cause == FailureCause.SystemFailed) return state;
        if (IsOfEarlierBoot(state, seen)) return state;
        var heard = seen.Role == ContentRole.Turn ? ToldToWait(Reopen(boot), seen) : Transferred(Reopen(boot), seen);
        return state with { Current = heard, Exchange = heard.Phase >= BootPhase.Kernel ? null : state.Exchange };
    }

    /// <summary>It asks again and again, for minutes maybe: not a download each, but a sign of life.</summary>
    private static BootRecord ToldToWait(BootRecord boot, TransferEvent seen)
    {
        var heard = boot with { LastHeard = seen.At, AwaitsTurn = true, Trouble = null };
        return heard.Phase <= BootPhase.Bound ? heard.Enter(BootPhase.Resolved, seen.At) : heard;
    }

    /// <summary>A machine that boots beside another DHCP server, or without DHCP: its first request for a loader begins the boot.</summary>
    private static ClientState WithoutDhcp(ClientState state, TransferEvent seen)
    {
        if (seen.Role is not (ContentRole.Loader or ContentRole.Script or ContentRole.KernelAndInitrd) || seen.Stage != TransferStage.Started) return state;
        var boot = new BootRecord
        {
            Number = (state.Current?.Number ?? 0) + 1,
            Phase = BootPhase.Resolved,
            Boots = true,
            // A loader runs that fetches its script: iPXE that asks for an address after that begins anew.
            Stage = seen.Role == ContentRole.Script ? ClientStage.Ipxe : ClientStage.Firmware,
            Address = seen.Peer,
            LastHeard = seen.At,
        };
        return state.Succeed(Transferred(boot.Enter(BootPhase.Resolved, seen.At), seen));
    }

    /// <summary>A machine that was reset leaves its downloads as they are: their ends are noticed while it boots anew.</summary>
    private static bool IsOfEarlierBoot(ClientState state, TransferEvent seen) =>
        (seen.Stage is TransferStage.Progress or TransferStage.Done || seen.Failure is TransferFailure.TimedOut or TransferFailure.ClientError or TransferFailure.ReadError)
        && state.History is [var before, ..] && IndexOf(state.Current!, seen) < 0 && IndexOf(before, seen) >= 0;

    /// <summary>A client that we gave up on and that goes on has not failed.</summary>
    private static BootRecord Reopen(BootRecord boot)
    {
        if (boot.Phase != BootPhase.Failed) return boot;
        var before = boot.Phases.Length > 1 ? boot.Phases[^2].Phase : BootPhase.Discovering;
        return boot with { Phase = before, Failure = null, Phases = boot.Phases.RemoveAt(boot.Phases.Length - 1) };
    }

    private static BootRecord Transferred(BootRecord boot, TransferEvent seen)
    {
        if (BootNeeds.IsWholeAllTheSame(boot, seen)) seen = seen with { Stage = TransferStage.Done, Failure = TransferFailure.None };
        var hurts = seen.Stage == TransferStage.Failed && BootNeeds.AreHurtBy(boot, seen);
        // Given up by our own clock: that is no sign of life.
        var lastHeard = seen.Failure == TransferFailure.TimedOut ? boot.LastHeard : seen.At;
        // What is asked for when all is loaded is asked for by the system.
        var system = KernelIsLoaded(boot) && seen.Role == ContentRole.Other ? lastHeard : (DateTimeOffset?)null;
        var heard = Account(boot with { LastHeard = lastHeard, SystemHeardAt = system, AwaitsTurn = boot.AwaitsTurn && seen.Stage != TransferStage.Started }, seen);
        if (heard.Address.IsAny) heard = heard with { Address = seen.Peer }; // offered only, or given by another server
        if (heard.Phase <= BootPhase.Bound) heard = heard.Enter(BootPhase.Resolved, seen.At);
        return seen.Stage switch
        {
            TransferStage.Failed when hurts => heard with { Trouble = Explain(seen) },
            TransferStage.Failed or TransferStage.Aborted => heard,
            _ => Advance(heard, seen),
        };
    }

    private static BootRecord Advance(BootRecord boot, TransferEvent seen)
    {
        if (PhaseOf(seen.Role, boot.Phase) is not { } phase) return boot with { Trouble = null };
        var advanced = boot with { Trouble = null, Transport = seen.Protocol };
        if (phase == BootPhase.Loader && boot.Loader.Length == 0) advanced = advanced with { Loader = Path.GetFileName(seen.Path) };
        return advanced.Enter(phase, seen.At);
    }

    /// <summary>The phase a download stands for; null when it tells nothing new (a kernel's second part while the initrd loads).</summary>
    private static BootPhase? PhaseOf(ContentRole role, BootPhase now) => role switch
    {
        ContentRole.Loader when now <= BootPhase.Loader => BootPhase.Loader,
        ContentRole.Script when now <= BootPhase.Script => BootPhase.Script,
        ContentRole.Kernel or ContentRole.KernelAndInitrd when now <= BootPhase.Kernel => BootPhase.Kernel,
        ContentRole.Initrd => BootPhase.Initrd,
        _ => null,
    };

    private static BootRecord Account(BootRecord boot, TransferEvent seen)
    {
        var download = new Download(seen.Transfer, seen.Path, seen.Protocol, seen.Role, seen.Bytes, seen.Length, seen.Stage, seen.At);
        var index = IndexOf(boot, seen);
        var before = index < 0 ? 0 : boot.Downloads[index].Bytes;
        var downloads = index >= 0 ? boot.Downloads.SetItem(index, download)
            : boot.Downloads.Length < DownloadsKept ? boot.Downloads.Add(download)
            : boot.Downloads.RemoveAt(LeastTelling(boot)).Add(download);
        return boot with
        {
            Downloads = downloads,
            Bytes = boot.Bytes + Math.Max(0, seen.Bytes - before),
            Retransmissions = boot.Retransmissions + (seen.Stage is TransferStage.Done or TransferStage.Failed ? seen.Retransmissions : 0),
        };
    }

    /// <summary>The oldest that is neither loader nor script nor payload: loaders and systems ask for many files that may be missing.</summary>
    private static int LeastTelling(BootRecord boot)
    {
        for (var i = 0; i < boot.Downloads.Length; i++)
            if (boot.Downloads[i].Role == ContentRole.Other) return i;
        return 0;
    }

    private static int IndexOf(BootRecord boot, TransferEvent seen)
    {
        for (var i = boot.Downloads.Length - 1; i >= 0; i--)
        {
            var known = boot.Downloads[i];
            if (known.Transfer == seen.Transfer && known.Protocol == seen.Protocol && known.Path == seen.Path) return i;
            // A machine that waits asks for its script again and again: one line for all of them.
            if (boot.Held && seen.Role == ContentRole.Script && known.Path == seen.Path) return i;
        }
        return -1;
    }

    private static BootFailure Explain(TransferEvent seen)
    {
        var step = seen.Protocol == TransferProtocol.Tftp ? BootStep.Tftp : BootStep.Http;
        var detail = seen.Detail is null ? seen.Path : $"{seen.Path}: {seen.Detail}";
        return new BootFailure(step, CauseOf(seen.Failure), detail);
    }

    private static FailureCause CauseOf(TransferFailure failure) => failure switch
    {
        TransferFailure.NotFound => FailureCause.NotFound,
        TransferFailure.BadPath => FailureCause.BadPath,
        TransferFailure.AccessDenied => FailureCause.AccessDenied,
        TransferFailure.TimedOut => FailureCause.TransferTimedOut,
        TransferFailure.IllegalRequest => FailureCause.IllegalRequest,
        TransferFailure.ReadError => FailureCause.ReadError,
        TransferFailure.Misconfigured => FailureCause.Misconfigured,
        TransferFailure.TooBusy => FailureCause.TooBusy,
        TransferFailure.UnknownClient => FailureCause.UnknownClient,
        _ => FailureCause.ClientError,
    };
}

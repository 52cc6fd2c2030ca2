using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Scripts;

namespace NetBootFabric.Boot.Clients;

/// <summary>What a boot must have loaded before its system can start, by its loader, its script and its profile; and which failures are none by that. Pure.</summary>
internal static class BootNeeds
{
    /// <summary>So often one file is fetched whole by a loader that takes it: shim and firmware fetch some twice.</summary>
    private const int Tolerated = 2;

    public static bool IsPayload(ContentRole role) => role is ContentRole.Kernel or ContentRole.Initrd or ContentRole.KernelAndInitrd;

    /// <summary>The last file of the payload is whole, and so is all that the profile names.</summary>
    public static bool AreMet(BootRecord boot)
    {
        Download? last = null;
        foreach (var each in boot.Downloads)
            if (IsPayload(each.Role)) last = each;
        return last?.Stage == TransferStage.Done && Missing(boot) is null;
    }

    /// <summary>
    /// The first file that the profile names and that did not come whole; null: there is none, or a script of the operator's own decides what is loaded. Files are known by name, else by
    /// their role: a client may spell a name in its own way.
    /// </summary>
    public static string? Missing(BootRecord boot)
    {
        if (boot.Profile is not { Kernel.Length: > 0 } profile || profile.Templates.Keys.Any(Template.IsScript) || Has(boot, ContentRole.KernelAndInitrd)) return null;
        if (!Has(boot, ContentRole.Kernel) && !HasWhole(boot, profile.Kernel)) return profile.Kernel;
        var missing = profile.Initrds.FirstOrDefault(initrd => !HasWhole(boot, initrd));
        return missing is null || WholeInitrds(boot) >= profile.Initrds.Length ? null : missing;
    }

    /// <summary>A payload file that came whole again and again, while another one is missing: the loader does not take it. Null: there is none.</summary>
    public static (string Path, int Times)? Refused(BootRecord boot)
    {
        if (Missing(boot) is null) return null;
        var again = boot.Downloads.Where(each => IsPayload(each.Role) && each.Stage == TransferStage.Done).CountBy(each => each.Path).DefaultIfEmpty().MaxBy(each => each.Value);
        return again.Value > Tolerated ? (again.Key, again.Value) : null;
    }

    /// <summary>Whether the client ever asked for the file.</summary>
    public static bool WasAskedFor(BootRecord boot, string file) => boot.Downloads.Any(each => IsSame(each.Path, file));

    /// <summary>
    /// Whether a download's failure keeps the boot from going on. Not when all that is needed is there; not for a stage that is behind; not when the file came whole another time; and one
    /// that the client let go of, while it went on to ask for others or after DATA of others arrived, was not needed.
    /// </summary>
    public static bool AreHurtBy(BootRecord boot, TransferEvent seen)
    {
        if (AreMet(boot) || IsBehind(boot, seen.Role) || boot.Downloads.Any(each => each.Stage == TransferStage.Done && IsSame(each.Path, seen.Path))) return false;
        var letGo = seen.Failure is TransferFailure.TimedOut or TransferFailure.ClientError && seen.Role == ContentRole.Other;
        return !letGo || !(WentOn(boot, seen) || (seen.Bytes == 0 && boot.Downloads.Any(each => each is { Stage: TransferStage.Done, Bytes: > 0 })));
    }

    /// <summary>
    /// Given up by time, and yet there as far as can be told: every block was sent, and all but the last window were acknowledged, or the client asked for something since (RFC 1350 §6: the
    /// last ACK may be lost, and some clients never send it).
    /// </summary>
    public static bool IsWholeAllTheSame(BootRecord boot, TransferEvent seen) =>
        seen is { Stage: TransferStage.Failed, Failure: TransferFailure.TimedOut, IsAllSent: true } && (seen.Bytes > 0 || WentOn(boot, seen));

    /// <summary>Another file was asked for after this one.</summary>
    private static bool WentOn(BootRecord boot, TransferEvent seen)
    {
        var isLater = false;
        foreach (var each in boot.Downloads)
        {
            if (isLater && !IsSame(each.Path, seen.Path)) return true;
            isLater |= each.Transfer == seen.Transfer && each.Protocol == seen.Protocol && each.Path == seen.Path;
        }
        return false;
    }

    private static bool IsBehind(BootRecord boot, ContentRole role) => role switch
    {
        ContentRole.Loader => boot.Phase is > BootPhase.Loader and < BootPhase.Booted,
        ContentRole.Script => boot.Phase is > BootPhase.Script and < BootPhase.Booted,
        _ => false,
    };

    private static bool Has(BootRecord boot, ContentRole role)
    {
        foreach (var each in boot.Downloads)
            if (each.Role == role && each.Stage == TransferStage.Done) return true;
        return false;
    }

    private static bool HasWhole(BootRecord boot, string file)
    {
        foreach (var each in boot.Downloads)
            if (each.Stage == TransferStage.Done && IsSame(each.Path, file)) return true;
        return false;
    }

    private static int WholeInitrds(BootRecord boot) =>
        boot.Downloads.Where(each => each is { Role: ContentRole.Initrd, Stage: TransferStage.Done }).DistinctBy(each => each.Path).Count();

    private static bool IsSame(string asked, string named) => asked.AsSpan().TrimStart('/').SequenceEqual(named.AsSpan().TrimStart('/'));
}

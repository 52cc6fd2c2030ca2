using NetBootFabric.Boot.Events;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>A loader that has its kernel and does not go on to the rest: it refuses what it got.</summary>
internal static class PayloadRules
{
    /// <summary>While the boot goes on, and after it: what is fetched whole three times is not taken.</summary>
    public static Finding? Refused(Case it) => BootNeeds.Refused(it.Known) is { } refused && it.Boot.Phase != BootPhase.Booted
        ? Refuses(it, refused.Path, refused.Times) with { Cause = FailureCause.LoaderRefuses, Step = BootMachine.StepOf(it.Known) }
        : null;

    public static Finding LoaderRefuses(Case it, BootFailure problem) =>
        Refuses(it, problem.Detail, it.Boot.Downloads.Count(each => each.Path == problem.Detail && each.Stage == TransferStage.Done));

    public static Finding NotAskedFor(Case it, BootFailure problem) => new(
        problem.Cause,
        $"it loaded {it.Kernel?.Path ?? "its kernel"} and never asked for {problem.Detail}, which its profile names too: {Loader(it)} did not go on",
        Likely(it));

    private static Finding Refuses(Case it, string path, int times) => new(
        FailureCause.LoaderRefuses,
        $"{Loader(it)} fetched {path} whole {Spans.Times(times)}{(BootNeeds.Missing(it.Known) is { } missing ? $" and never got to {missing}" : "")}: it refuses what it gets",
        Likely(it));

    private static string Loader(Case it) => it.Boot.Loader.Length > 0 ? it.Boot.Loader : "its loader";

    /// <summary>The causes seen in the field, the most usual first. An image for another processor has a rule of its own, which comes before.</summary>
    private static string Likely(Case it)
    {
        var size = it.Boot.Downloads.Where(each => BootNeeds.IsPayload(each.Role)).DistinctBy(each => each.Path).Sum(each => each.Length ?? 0);
        var memory = $"most often memory is short ('error: out of memory' on its console): kernel and initrds must fit beside the firmware{(size > 0 ? $", {Spans.Bytes(size)} so far" : "")}, and GRUB under UEFI wants 384 MiB at least; "
            + "give it more, make the initrd smaller or take another 'loader'";
        return IsEfi(it.Boot.Architecture) ? $"{memory}. Else its signature: with Secure Boot on, shim and GRUB take kernels signed by the distribution only" : memory;
    }

    private static bool IsEfi(ClientArchitecture architecture) => architecture is not (ClientArchitecture.BiosX86 or ClientArchitecture.Unknown);
}

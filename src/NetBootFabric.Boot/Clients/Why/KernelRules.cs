using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>What goes wrong once the kernel is loaded.</summary>
internal static class KernelRules
{
    public static Finding? WrongKernel(Case it)
    {
        if (it.Problem is null || it.Kernel is not { Stage: TransferStage.Done, Role: ContentRole.Kernel } kernel) return null;
        var machine = it.Facts.Files.Look(kernel.Path).Machine;
        return machine == ImageMachine.Unknown || Runs(it.Boot.Architecture, machine) ? null : new Finding(
            FailureCause.WrongKernel,
            $"{kernel.Path} is a kernel for {Name(machine)}, and the machine is {Name(it.Boot.Architecture)}",
            $"name a kernel for its architecture in the profile '{it.Profile?.Name}', or give this machine a profile of its own")
        { Step = BootStep.Kernel };
    }

    /// <summary>A kernel that never ran, or panicked before it had its network, looks the same from outside; one that was heard does not.</summary>
    public static Finding NoReport(Case it, BootFailure problem) => it.Boot.SystemHeardAt is { } heard
        ? new(problem.Cause,
            $"its kernel runs (a packet of its system {Spans.Text(it.Now - heard)} ago), and the system has not reported since {Spans.Text(Loaded(it))}",
            "look at its console: does it mount its root, do services hang? A system has to fetch the URL of netboot.report= on its kernel's line once it is up")
        : new(problem.Cause,
            $"{Payload(it)} loaded {Spans.Text(Loaded(it))} ago, and not one packet since: the kernel did not start, panicked before it had its network, or has no driver for the card",
            "look at its console (console=ttyS0 on the kernel's line shows it on the serial port); panic=10 there lets a kernel that panics start anew, and be seen here");

    public static Finding Died(Case it, BootFailure problem) => new(
        problem.Cause,
        $"it began anew {problem.Detail}, before its system reported: a kernel panic, a watchdog or a reset",
        "look at its console for the panic (root file system not found, initrd does not fit the kernel); without panic= on the kernel's line it stands still and the message can be read");

    public static Finding SystemFailed(Case it, BootFailure problem) => new(
        problem.Cause,
        problem.Detail.StartsWith("ipxe-", StringComparison.Ordinal)
            ? $"iPXE gave up at its step '{problem.Detail[5..]}'"
            : $"its system reported that it failed{(problem.Detail.Length > 0 ? $": {problem.Detail}" : "")}",
        problem.Detail == "ipxe-boot" ? "the kernel's image does not run on this firmware: look at its console, and at the kernel's architecture" : "these are the system's own words: look at its console or its log");

    public static Finding Restarted(Case it, BootFailure problem) => new(
        problem.Cause, $"it began anew {problem.Detail}: power cycle, reset, or its loader gave up", "nothing, if somebody switched it; else look at its console");

    private static TimeSpan Loaded(Case it) => it.Now - (it.Last?.At ?? it.Boot.LastHeard);

    private static string Payload(Case it) => it.Boot.Downloads.Any(download => download.Role == ContentRole.Initrd) ? "kernel and initrd were" : "the kernel was";

    private static bool Runs(ClientArchitecture client, ImageMachine image) => Machine(client) is var machine && (machine == ImageMachine.Unknown || machine == image);

    private static ImageMachine Machine(ClientArchitecture architecture) => architecture switch
    {
        ClientArchitecture.BiosX86 or ClientArchitecture.EfiIa32 or ClientArchitecture.EfiX64 or ClientArchitecture.EfiBc
            or ClientArchitecture.HttpX86 or ClientArchitecture.HttpX64 or ClientArchitecture.HttpEbc or ClientArchitecture.HttpBios => ImageMachine.X86,
        ClientArchitecture.EfiArm32 or ClientArchitecture.HttpArm32 => ImageMachine.Arm32,
        ClientArchitecture.EfiArm64 or ClientArchitecture.HttpArm64 => ImageMachine.Arm64,
        _ => ImageMachine.Unknown,
    };

    private static string Name(ClientArchitecture architecture) => $"{Name(Machine(architecture))} ({architecture})";

    private static string Name(ImageMachine machine) => machine switch
    {
        ImageMachine.X86 => "x86",
        ImageMachine.Arm32 => "32-bit ARM",
        ImageMachine.Arm64 => "64-bit ARM",
        _ => "another architecture",
    };
}

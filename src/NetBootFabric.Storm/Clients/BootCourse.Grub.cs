using NetBootFabric.Storm.Http;
using NetBootFabric.Storm.Scripts;
using NetBootFabric.Storm.Tftp;

namespace NetBootFabric.Storm.Clients;

internal sealed partial class BootCourse
{
    private static readonly Wish OfShim = new() { Tftp = TftpManner.Shim };
    private static readonly Wish OfGrub = new() { Tftp = TftpManner.Grub };

    // As captured; most servers have none of them.
    private static readonly string[] Revocations = ["revocations_sku.efi", "revocations_sbat.efi", "shim_certificate_0.efi"];
    private static readonly string[] Lists = ["command", "fs", "crypto", "terminal"];

    /// <summary>The signed first stage: what is revoked, then GRUB, through the firmware.</summary>
    private IEnumerable<Step> Shim(BootUrl loaded)
    {
        foreach (var name in Revocations)
            foreach (var step in Fetch(loaded.Resolve(name)!.Value, OfShim with { MayFail = true })) yield return step;
        var grub = loaded.Resolve("grubx64.efi")!.Value;
        foreach (var step in Fetch(grub, OfShim with { Reached = Milestone.Loader })) yield return step;
        foreach (var step in Grub(grub)) yield return step;
    }

    /// <summary>GRUB goes on with the firmware's lease and asks no DHCP of its own; its names are absolute wherever it came from.</summary>
    private IEnumerable<Step> Grub(BootUrl loaded)
    {
        station.Forget();
        foreach (var list in Lists)
            foreach (var step in Fetch(loaded with { Path = $"/grub/x86_64-efi/{list}.lst" }, OfGrub with { MayFail = true })) yield return step;
        var config = loaded with { Path = "/grub/grub.cfg" };
        foreach (var step in Fetch(config, OfGrub with { Keep = true, MayFail = true, Reached = Milestone.Script })) yield return step;
        if (Fetched) foreach (var step in Entry(loaded, GrubConfig.Parse(_download.Text))) yield return step;
    }

    private IEnumerable<Step> Entry(BootUrl loaded, GrubConfig config)
    {
        if (config.Kernel is not { } kernel)
        {
            yield return DeadEnd("the configuration names no kernel");
            yield break;
        }
        for (var attempt = 0; attempt < config.Attempts && !_booted; attempt++)
        {
            foreach (var step in Files(loaded, kernel, config)) yield return step;
            if (!_booted) yield return new Pause(config.Pause);
        }
    }

    private IEnumerable<Step> Files(BootUrl loaded, string kernel, GrubConfig config)
    {
        foreach (var step in Fetch(loaded with { Path = kernel }, OfGrub with { MayFail = true, Reached = Milestone.Kernel })) yield return step;
        foreach (var initrd in config.Initrds)
            if (Fetched) foreach (var step in Fetch(loaded with { Path = initrd }, OfGrub with { MayFail = true, Reached = Milestone.Initrd })) yield return step;
        (_booted, _commandLine) = (Fetched, config.Arguments);
    }
}

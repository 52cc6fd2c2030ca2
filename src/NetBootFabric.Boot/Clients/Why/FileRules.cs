using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Loaders;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>Files that a client can't have.</summary>
internal static class FileRules
{
    public static Finding NotFound(Case it, BootFailure problem)
    {
        var path = Path(it, problem);
        if (path.Contains('\uFFFD', StringComparison.Ordinal)) return NoText(problem, path);
        var survey = it.Facts.Files.Look(path);
        var loader = LoaderFiles.Find(path.TrimStart('/'));
        var hint = survey.Exists ? "; it is there now" : survey.Nearest is { } nearest ? $"; {nearest} is" : "";
        return new(problem.Cause, $"{path} is not there{hint}{(IsNamed(it, path) ? "" : " (its loader asked for that, no profile names it)")}", loader is not null
            ? $"apt install {loader.Package}, or put {loader.Name} under 'files'"
            : survey.Nearest is { } likely && IsNamed(it, path) ? $"write '{likely}' in the profile '{it.Profile?.Name}', or put {path} under 'files' on every head node"
            : $"put {path} under 'files' on every head node, or correct the profile '{it.Profile?.Name}'");
    }

    /// <summary>
    /// shim 15.8 under Dell's firmware asks for <c>grub/</c> and an octet 0xEA before <c>Onboard</c>: the text of the firmware's boot
    /// entry.
    /// </summary>
    private static Finding NoText(BootFailure problem, string path) => new(
        problem.Cause,
        $"it asked for '{path}', which is no name of a file: shim takes the text of the firmware's boot entry for the name of its next loader",
        "use another shim (15.7, or from 16.0 on), 'loader: snponly' or 'loader: grub' in its profile, or HTTP boot in its firmware; nothing is wrong with the files here");

    public static Finding BadPath(Case it, BootFailure problem) => new(
        problem.Cause, $"it asked for '{Path(it, problem)}', which names a folder, climbs out of 'files' or holds what no name may hold", "correct the name in the profile or in the loader's configuration; links must not lead out of 'files'");

    public static Finding AccessDenied(Case it, BootFailure problem) => new(
        problem.Cause, $"{Path(it, problem)} is there, and netbootd may not read it", $"let the user that netbootd runs as read it: chmod a+r {Path(it, problem)}, and a+x on its folders");

    public static Finding ReadError(Case it, BootFailure problem) => new(
        problem.Cause,
        $"{Path(it, problem)} could not be read to its end{(it.Broken is { Length: { } length } broken ? $": {Spans.Bytes(broken.Bytes)} of {Spans.Bytes(length)}" : "")}",
        "was it replaced or cut while it was served? Put new files beside the old ones and rename them (mv); else look at the disk (dmesg) and netbootd's log");

    public static Finding Misconfigured(Case it, BootFailure problem) => new(
        problem.Cause, $"its script can't be made: {problem.Detail}", $"correct the profile '{it.Profile?.Name}' or the variables of its node entry or groups");

    private static string Path(Case it, BootFailure problem) => it.Broken?.Path ?? problem.Detail;

    /// <summary>The profile or the fabric names it; loaders ask for much else that may be missing.</summary>
    private static bool IsNamed(Case it, string path)
    {
        var name = path.TrimStart('/');
        return LoaderFiles.Find(name) is not null || name.StartsWith(BootPaths.Prefix, StringComparison.Ordinal)
            || it.Profile is null || it.Profile.Kernel.TrimStart('/') == name || it.Profile.Initrds.Any(initrd => initrd.TrimStart('/') == name);
    }
}

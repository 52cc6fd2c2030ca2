using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Scripts;

namespace NetBootFabric.Node.Catalog;

internal sealed partial class CatalogRules
{
    /// <summary>A unattended installation's answers take some tens of kilobytes.</summary>
    private const int MostInTemplate = 256 << 10;

    /// <summary>Names under <c>boot/MAC/</c> that stand for something else.</summary>
    private static readonly string[] Reserved = ["boot.efi", "up", "failed", "local-disk"];

    private void CheckProfile(ProfileSpec profile, Place at)
    {
        if (!IsEntryName(profile.Name)) at.Fault("name/", $"'{profile.Name}' is no name of a profile", "write letters, digits, - . and _, like rescue");
        if (profile.Kernel.Length > 0 || profile is { BootFile: null, NextServer: null, Options.Count: 0 }) CheckFile(profile.Kernel, "kernel", at);
        DhcpWords.Check(profile.BootFile, profile.NextServer, profile.Options, (field, problem, remedy) => at.Fault(field, problem, remedy));
        for (var i = 0; i < profile.Initrd.Count; i++) CheckFile(profile.Initrd[i], $"initrd/{i}", at);
        if (!SpecWords.Loaders.ContainsKey(profile.Loader)) NoChoice(at, "loader", profile.Loader, SpecWords.Loaders.Keys);
        if (!SpecWords.Transports.ContainsKey(profile.Transport)) NoChoice(at, "transport", profile.Transport, SpecWords.Transports.Keys);
        if (!IsLine(profile.Cmdline)) at.Fault("cmdline", "'cmdline' holds a control character", "write it as printable text");
        else if (KernelCommandLine.Check(profile.Cmdline) is { } fault) at.Fault("cmdline", $"'cmdline' {fault.Problem}", fault.Remedy);
        foreach (var (name, text) in profile.Templates) CheckTemplate(name, text, at);
    }

    /// <summary>A path below the root of files.</summary>
    private static void CheckFile(string path, string field, Place at)
    {
        if (path.Length == 0) at.Fault(field, $"'{field}' names no file", "write one, like vmlinuz");
        else if (path.StartsWith('/')) at.Fault(field, $"'{path}' is an absolute path", "write it relative to 'files'");
        else if (path.Split('/', '\\').Contains("..")) at.Fault(field, $"'{path}' leads out of 'files'", "write a path below it, without ..");
        else if (PayloadNames.Fault(path) is { } fault) at.Fault(field, $"'{path}' {fault}",
            "give the file a name that every loader takes");
    }

    private static bool LacksBraces(string text)
    {
        for (var open = text.IndexOf("{{", StringComparison.Ordinal); open >= 0; open = text.IndexOf("{{", open, StringComparison.Ordinal))
            if ((open = text.IndexOf("}}", open, StringComparison.Ordinal)) < 0) return true;
        return false;
    }

    private static void CheckTemplate(string name, string text, Place at)
    {
        if (!IsEntryName(name) || name.Trim('.').Length == 0) at.Fault($"templates/{name}/", $"'{name}' is no name of a template", "write the name of a file, like user-data");
        else if (Reserved.Contains(name)) at.Fault($"templates/{name}/", $"'{name}' stands for something else below boot/MAC/", "write another name");
        else if (text.Length > MostInTemplate) at.Fault($"templates/{name}", $"the template '{name}' is longer than {MostInTemplate >> 10} KiB", "put it into 'files' and load it from there");
        else if (LacksBraces(text)) at.Fault($"templates/{name}", $"the template '{name}' lacks the closing braces of {{{{…}}}}",
            "write {{name}}, the name of a variable");
        else if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) at.Fault($"templates/{name}", $"the template '{name}' holds a control character", "write it as plain text");
    }
}

using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>The script that iPXE runs: loads kernel and initrds and starts them; tries again when a download fails.</summary>
public static class IpxeScript
{
    private const int Attempts = 5;
    private const int PauseSeconds = 3;

    /// <param name="server">Our address that the client reaches: URLs name it.</param>
    public static Rendered Render(BootTarget target, Ipv4Address server)
    {
        if (target.Intent == BootIntent.Local) return Rendered.Of("#!ipxe\necho NetBoot Fabric: on to the local disk\nexit\n");
        if (target.Intent == BootIntent.Hold || target.Turn.Waits) return Rendered.Of(WaitScripts.Ipxe(target, server));
        if (Template.Render(target, Template.Ipxe, server) is { } written) return written;
        if (PayloadNames.Of(target.Profile, out var error) is not { } names) return Rendered.Wrong(error!);
        var commandLine = KernelCommandLine.Render(target, server);
        return commandLine.Succeeded ? Rendered.Of(Script(target, server, names, commandLine.Text)) : commandLine;
    }

    private static string Script(BootTarget target, Ipv4Address server, PayloadNames names, string commandLine)
    {
        var script = new StringBuilder("#!ipxe\n");
        script.Append($"echo NetBoot Fabric: {Quotable.Show(target.Name)} ({target.Mac}) boots profile {Quotable.Show(target.Profile.Name)}\n");
        script.Append("set attempt:int32 0\n:retry\ninc attempt\nimgfree\n");
        // A UEFI kernel finds its initrds by the names in initrd=; a BIOS kernel is handed them and ignores the names.
        var initrdNames = names.Initrds.Select((_, i) => i == 0 ? "initrd.img" : $"initrd{i + 1}.img").ToArray();
        var kernelArguments = string.Concat(initrdNames.Select(name => $"initrd={name} "));
        script.Append("set step kernel\n");
        script.Append($"kernel --name vmlinuz {Url(target, server, names.Kernel)} {kernelArguments}{commandLine} || goto failed\n");
        script.Append("set step initrd\n");
        for (var i = 0; i < initrdNames.Length; i++)
            script.Append($"initrd --name {initrdNames[i]} {Url(target, server, names.Initrds[i])} || goto failed\n");
        script.Append("set step boot\nboot\n:failed\n");
        AppendRetry(script, target, server);
        return script.ToString();
    }

    private static void AppendRetry(StringBuilder script, BootTarget target, Ipv4Address server)
    {
        script.Append($"echo NetBoot Fabric: ${{step}} failed, attempt ${{attempt}} of {Attempts}\n");
        script.Append($"iseq ${{attempt}} {Attempts} && goto give_up ||\nsleep {PauseSeconds}\ngoto retry\n");
        script.Append(":give_up\necho NetBoot Fabric: giving up, back to the firmware\n");
        script.Append($"imgfetch {BootPaths.Url(server, target.HttpPort, BootPaths.ReportFailed(target.Mac))}?cause=ipxe-${{step}} ||\nexit 1\n");
    }

    private static string Url(BootTarget target, Ipv4Address server, string path) =>
        target.Profile.Transport == Transport.Tftp ? $"tftp://{server}/{path}" : BootPaths.Url(server, target.HttpPort, path);
}

using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>PXELINUX' configuration. When a download fails it comes back to its prompt, and TIMEOUT starts the label again.</summary>
public static class PxelinuxConfig
{
    /// <param name="askedOver">
    /// lpxelinux asks over HTTP when option 210 is a URL, and takes URLs; pxelinux.0 asks over TFTP and takes paths beside itself
    /// (a leading slash would not make them absolute).
    /// </param>
    public static Rendered Render(BootTarget target, Ipv4Address server, TransferProtocol askedOver)
    {
        if (target.Intent == BootIntent.Local)
            return Rendered.Of("DEFAULT local\nPROMPT 0\nSAY NetBoot Fabric: on to the local disk\nLABEL local\n  LOCALBOOT 0\n");
        if (target.Intent == BootIntent.Hold) return Rendered.Of(WaitScripts.Pxelinux(target));
        if (Template.Render(target, Template.Pxelinux, server, askedOver) is { } written) return written;
        if (PayloadNames.Of(target.Profile, out var error) is not { } names) return Rendered.Wrong(error!);
        var commandLine = KernelCommandLine.Render(target, server);
        if (!commandLine.Succeeded) return commandLine;
        string Locate(string path) => askedOver == TransferProtocol.Http ? Url(target, server, path) : path;
        var initrd = names.Initrds.IsEmpty ? "" : $"  INITRD {string.Join(',', names.Initrds.Select(Locate))}\n";
        return Rendered.Of(new StringBuilder("DEFAULT netboot\nPROMPT 0\n")
            .Append("TIMEOUT 50\nONTIMEOUT netboot\n") // 50 tenths of a second
            .Append($"SAY NetBoot Fabric: {Quotable.Show(target.Name)} ({target.Mac}) boots profile {Quotable.Show(target.Profile.Name)}\n")
            .Append("LABEL netboot\n")
            .Append($"  LINUX {Locate(names.Kernel)}\n{initrd}  APPEND {commandLine.Text}\n") // LINUX: by KERNEL the name's ending would choose the kind
            .ToString());
    }

    private static string Url(BootTarget target, Ipv4Address server, string path) =>
        target.Profile.Transport == Transport.Tftp ? $"tftp://{server}/{path}" : BootPaths.Url(server, target.HttpPort, path);
}

using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Content;

/// <summary>The names under which TFTP and HTTP serve what is rendered for one client. Everything else is a file under the root, or a known loader.</summary>
public static class BootPaths
{
    public const string Prefix = "boot/";

    /// <summary>iPXE's script. iPXE 2.0 also asks for autoexec.ipxe beside its loader: the same.</summary>
    public static string IpxeScript(MacAddress client) => $"{Prefix}{client}/boot.ipxe";

    /// <summary>GRUB's configuration of one client; <c>grub/grub.cfg</c> is the same by the peer's lease.</summary>
    public static string GrubConfig(MacAddress client) => $"{Prefix}{client}/grub.cfg";

    /// <summary>The unified kernel image, its command line overlaid for the client.</summary>
    public static string KernelImage(MacAddress client) => $"{Prefix}{client}/boot.efi";

    /// <summary>PXELINUX asks for 01-, then the MAC with dashes, below pxelinux.cfg/.</summary>
    public static string PxelinuxConfig(MacAddress client) => $"pxelinux.cfg/01-{client.Format('-')}";

    /// <summary>Never found: ends UEFI HTTP boot of a client that is to boot from its own disk.</summary>
    public static string LocalDisk(MacAddress client) => $"{Prefix}{client}/local-disk";

    /// <summary>GET or POST by the booted system says that it is up.</summary>
    public static string ReportUp(MacAddress client) => $"{Prefix}{client}/up";

    /// <summary>GET or POST says that the system failed; the query's <c>cause</c> or the body says why.</summary>
    public static string ReportFailed(MacAddress client) => $"{Prefix}{client}/failed";

    /// <summary>Absolute URL of <paramref name="path"/> on <paramref name="server"/>; the port is left out when it is 80.</summary>
    public static string Url(Ipv4Address server, int port, string path) => port == 80 ? $"http://{server}/{path}" : $"http://{server}:{port}/{path}";
}

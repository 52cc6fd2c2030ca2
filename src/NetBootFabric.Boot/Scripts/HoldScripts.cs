using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>What a loader runs on a machine that the operator holds: it says so, looks again every few seconds, and goes on by itself with what it is given once released.</summary>
internal static class HoldScripts
{
    /// <summary>Ten thousand held machines then ask two thousand times a second.</summary>
    private const int PauseSeconds = 5;

    /// <summary>
    /// In place of this script (<c>--replace</c>), and with its image freed: one that waits for days needs no more memory than one that waits for seconds.
    /// </summary>
    public static string Ipxe(BootTarget target, Ipv4Address server) => new StringBuilder("#!ipxe\n")
        .Append($"echo {Says(target)}\n:wait\nsleep {PauseSeconds}\n")
        .Append($"chain --replace --autofree {BootPaths.Url(server, target.HttpPort, BootPaths.IpxeScript(target.Mac))} || goto wait\n")
        .ToString();

    /// <summary>
    /// The configuration is read again inside the loop of the first one: while it is this one it does nothing there, else it begins by ending the loop. One that can't be read changes nothing.
    /// </summary>
    public static string Grub(BootTarget target) => new StringBuilder("if [ \"$netboot_held\" != 1 ]; then\n")
        .Append($"  echo '{Says(target)}'\n  set netboot_held=1\n")
        .Append($"  while [ \"$netboot_held\" = 1 ]; do\n    sleep {PauseSeconds}\n    source '/{BootPaths.GrubConfig(target.Mac)}'\n  done\nfi\n")
        .ToString();

    /// <summary>The first line of every configuration that GRUB is given and that is not <see cref="Grub"/>.</summary>
    public const string GrubReleased = "set netboot_held=0\n";

    public static string Pxelinux(BootTarget target) => new StringBuilder("DEFAULT hold\nPROMPT 1\n")
        .Append($"TIMEOUT {PauseSeconds * 10}\nONTIMEOUT hold\n") // tenths of a second
        .Append($"SAY {Says(target)}\nLABEL hold\n  CONFIG {BootPaths.PxelinuxConfig(target.Mac)}\n")
        .ToString();

    private static string Says(BootTarget target) => $"NetBoot Fabric: {Quotable.Show(target.Name)} ({target.Mac}) is held by the operator and goes on once released";
}

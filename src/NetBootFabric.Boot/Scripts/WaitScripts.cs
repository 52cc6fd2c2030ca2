using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>
/// What a loader runs on a machine that the operator holds, and iPXE also on one that waits for its turn: it says so, looks again every few seconds, and goes on by itself with what it is given then.
/// </summary>
internal static class WaitScripts
{
    /// <summary>Ten thousand held machines then ask two thousand times a second.</summary>
    private const int HoldPause = 5;

    /// <summary>
    /// In place of this script (<c>--replace</c>), and with its image freed: one that waits for days needs no more memory than one that waits for seconds.
    /// </summary>
    public static string Ipxe(BootTarget target, Ipv4Address server) => new StringBuilder("#!ipxe\n")
        .Append($"echo {Says(target)}\n:wait\nsleep {Pause(target)}\n")
        .Append($"chain --replace --autofree {BootPaths.Url(server, target.HttpPort, BootPaths.IpxeScript(target.Mac))} || goto wait\n")
        .ToString();

    /// <summary>
    /// The configuration is read again inside the loop of the first one: while it is this one it does nothing there, else it begins by ending the loop. One that can't be read changes nothing.
    /// </summary>
    public static string Grub(BootTarget target) => new StringBuilder("if [ \"$netboot_held\" != 1 ]; then\n")
        .Append($"  echo '{Says(target)}'\n  set netboot_held=1\n")
        .Append($"  while [ \"$netboot_held\" = 1 ]; do\n    sleep {HoldPause}\n    source '/{BootPaths.GrubConfig(target.Mac)}'\n  done\nfi\n")
        .ToString();

    /// <summary>The first line of every configuration that GRUB is given and that is not <see cref="Grub"/>.</summary>
    public const string GrubReleased = "set netboot_held=0\n";

    public static string Pxelinux(BootTarget target) => new StringBuilder("DEFAULT hold\nPROMPT 1\n")
        .Append($"TIMEOUT {HoldPause * 10}\nONTIMEOUT hold\n") // tenths of a second
        .Append($"SAY {Says(target)}\nLABEL hold\n  CONFIG {BootPaths.PxelinuxConfig(target.Mac)}\n")
        .ToString();

    private static int Pause(BootTarget target) => target.Intent == BootIntent.Hold ? HoldPause : Math.Max(1, (int)target.Turn.AskAgain.TotalSeconds);

    private static string Says(BootTarget target)
    {
        var name = Quotable.Show(target.Name);
        return target.Intent == BootIntent.Hold
            ? $"NetBoot Fabric: {name} ({target.Mac}) is held by the operator and goes on once released"
            : $"NetBoot Fabric: {name} waits for its turn: you are {TurnText.Ordinal(target.Turn.Position)}, {TurnText.About(target.Turn.Wait)}"; // within a console's 80 columns
    }
}

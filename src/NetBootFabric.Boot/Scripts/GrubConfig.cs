using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>
/// GRUB's configuration: over TFTP whatever the profile says, since the signed GRUB may load no http module under Secure Boot
/// (and its HTTP is slower). Needs no module besides what the signed image has built in.
/// </summary>
public static class GrubConfig
{
    private const string Attempts = "1 2 3 4 5";

    public static Rendered Render(BootTarget target, Ipv4Address server)
    {
        if (target.Intent == BootIntent.Local) return Rendered.Of(WaitScripts.GrubReleased + "echo 'NetBoot Fabric: on to the local disk'\nexit\n");
        if (target.Intent == BootIntent.Hold) return Rendered.Of(WaitScripts.Grub(target));
        if (Template.Render(target, Template.Grub, server) is { } written) return written.Succeeded ? Rendered.Of(WaitScripts.GrubReleased + written.Text) : written;
        if (PayloadNames.Of(target.Profile, out var error) is not { } names) return Rendered.Wrong(error!);
        if (KernelCommandLine.Words(target, server, out error) is not { } words)
            return Rendered.Wrong($"profile '{Quotable.Show(target.Profile.Name)}': command line: {error}");
        return Rendered.Of(Config(target, names, words));
    }

    // Single quotes: no word holds one, and GRUB expands nothing between them.
    private static string Config(BootTarget target, PayloadNames names, List<string> words)
    {
        var arguments = string.Concat(words.Select(word => $" '{KernelWord.Unquoted(word)}'"));
        var initrds = string.Concat(names.Initrds.Select(path => $" '/{path}'"));
        var config = new StringBuilder(WaitScripts.GrubReleased);
        config.Append($"for attempt in {Attempts}; do\n");
        config.Append($"  echo 'NetBoot Fabric: {Quotable.Show(target.Name)} ({target.Mac}) boots profile {Quotable.Show(target.Profile.Name)}'\n");
        config.Append($"  if linux '/{names.Kernel}'{arguments}; then\n");
        config.Append(names.Initrds.IsEmpty
            ? "    boot\n"
            : $"    if initrd{initrds}; then\n      boot\n    else\n      echo 'NetBoot Fabric: initrd failed'\n    fi\n");
        config.Append("  else\n    echo 'NetBoot Fabric: kernel failed'\n  fi\n");
        config.Append("  echo \"NetBoot Fabric: attempt $attempt of 5 failed\"\n  sleep 3\ndone\n");
        return config.Append("echo 'NetBoot Fabric: giving up, back to the firmware'\nexit\n").ToString();
    }
}

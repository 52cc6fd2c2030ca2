using System.Globalization;
using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>
/// The profile's command line with the client's variables, and what the fabric adds where the operator did not:
/// <c>ip=</c> from the lease (so that the system needs no DHCP of its own), <c>BOOTIF=</c> and <c>netboot.report=</c>.
/// </summary>
public static class KernelCommandLine
{
    /// <summary>Linux on x86 keeps 2048 octets with the closing NUL.</summary>
    public const int MaximumLength = 2047;

    /// <summary>Printable ASCII on one line, parameters joined by one blank.</summary>
    public static Rendered Render(BootTarget target, Ipv4Address server)
    {
        var words = Words(target, server, out var error);
        if (words is null) return Rendered.Wrong($"profile '{Quotable.Show(target.Profile.Name)}': command line: {error}");
        return Rendered.Of(string.Join(' ', words));
    }

    internal static List<string>? Words(BootTarget target, Ipv4Address server, out string? error)
    {
        var words = KernelWord.Split(target.Profile.CommandLine);
        error = words is null ? "a double quote is not closed" : null;
        if (words is null) return null;
        var placeholders = new Placeholders(target, server);
        for (var i = 0; i < words.Count; i++)
        {
            var word = placeholders.Expand(words[i]);
            if (!word.Succeeded) error ??= word.Error;
            else words[i] = word.Text;
        }
        AddOurs(words, target, server);
        error ??= words.Select(KernelWord.Fault).FirstOrDefault(fault => fault is not null);
        if (words.Sum(word => word.Length + 1) > MaximumLength + 1) error ??= $"longer than {MaximumLength} characters";
        return error is null ? words : null;
    }

    private static void AddOurs(List<string> words, BootTarget target, Ipv4Address server)
    {
        Add(words, "ip=", Address(target));
        Add(words, "BOOTIF=", $"01-{target.Mac.Format('-')}"); // 01: hardware type Ethernet, as PXELINUX writes it
        Add(words, "netboot.report=", BootPaths.Url(server, target.HttpPort, BootPaths.ReportUp(target.Mac)));
    }

    // What follows "--" is for init, not for the kernel.
    private static void Add(List<string> words, string parameter, string? value)
    {
        if (value is null || words.Exists(word => word.StartsWith(parameter, StringComparison.Ordinal))) return;
        var end = words.IndexOf("--");
        words.Insert(end < 0 ? words.Count : end, parameter + value);
    }

    // The device stays empty (Linux' nfsroot.txt allows it): nobody knows here what the system will call its card, and a wrong name
    // ("eth0" where udev renames) leaves it without an address. initramfs-tools and dracut find the card by BOOTIF.
    private static string? Address(BootTarget target)
    {
        if (target.Address is not { } address) return null;
        var name = target.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? target.Name : "";
        var dns = string.Concat(address.DnsServers.Take(2).Select(server => $":{server}"));
        return string.Create(CultureInfo.InvariantCulture, $"{address.Address}::{address.Router}:{address.Mask}:{name}::off{dns}");
    }
}

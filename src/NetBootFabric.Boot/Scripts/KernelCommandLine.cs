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

    /// <summary>
    /// What is wrong with a profile's line whatever its clients' variables are: it would fail at each boot. Null: nothing.
    /// </summary>
    public static CommandLineFault? Check(string line)
    {
        if (KernelWord.Split(line) is not { } words) return new("lacks the closing double quote", "write name=\"a b\" or \"name=a b\"");
        foreach (var word in words)
        {
            if (Placeholders.Plain(word) is not { } plain) return new($"lacks the closing brace of ${{…}} in '{word}'",
                "write ${name}, the name of a variable");
            if (KernelWord.Look(plain) is { } fault) return fault with { Problem = $"has '{word}', which {fault.Problem}" };
        }
        return words.Sum(word => word.Length + 1) > MaximumLength + 1
            ? new($"is longer than {MaximumLength} characters", "write less: the kernel keeps no more") : null;
    }

    internal static List<string>? Words(BootTarget target, Ipv4Address server, out string? error)
    {
        var written = KernelWord.Split(target.Profile.CommandLine);
        error = written is null ? "a double quote is not closed" : null;
        if (written is null) return null;
        var placeholders = new Placeholders(target, server);
        var words = new List<string>(written.Count + 3);
        foreach (var word in written)
        {
            words.AddRange(placeholders.Words(word, out var fault) ?? []);
            error ??= fault;
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

    // What follows "--" is for init, not for the kernel; what follows "---" is for the system that Debian's installer sets up, which
    // would keep it for good.
    private static void Add(List<string> words, string parameter, string? value)
    {
        if (value is null || words.Exists(word => word.StartsWith(parameter, StringComparison.Ordinal))) return;
        var end = words.FindIndex(static word => word is "--" or "---");
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

using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>
/// A file that the operator wrote, with <c>{{name}}</c> for what is the client's own: its variables, and <c>mac name ip mask router server kernel initrd cmdline report failed</c>.
/// Loaders run theirs, so values in them are plain words; a value in another file is one line of printable text.
/// </summary>
public static class Template
{
    public const string Ipxe = "boot.ipxe";
    public const string Grub = "grub.cfg";
    public const string Pxelinux = "pxelinux.cfg";

    public static IReadOnlySet<string> BuiltIns { get; } = new HashSet<string>([.. Placeholders.BuiltIns, "kernel", "initrd", "cmdline", "report", "failed"], StringComparer.Ordinal);

    /// <summary>A loader runs it, so that values in it are plain words.</summary>
    public static bool IsScript(string name) => name is Ipxe or Grub or Pxelinux;

    /// <summary>Means nothing by itself in any loader's script.</summary>
    public static bool IsPlain(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '/' or '@' or '+' or '=' or ',' or '%' or '~';

    /// <summary>Null: the target's profile has no template <paramref name="name"/>.</summary>
    /// <param name="askedOver">By which protocol PXELINUX asks, for its paths.</param>
    public static Rendered? Render(BootTarget target, string name, Ipv4Address server, TransferProtocol askedOver = TransferProtocol.Http) =>
        target.Profile.Templates.TryGetValue(name, out var text) ? Fill(text, name, new Values(target, name, server, askedOver)) : null;

    private static Rendered Fill(string text, string name, Values values)
    {
        var filled = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (var open = rest.IndexOf("{{"); open >= 0; open = rest.IndexOf("{{"))
        {
            var length = rest[open..].IndexOf("}}");
            if (length < 0) return Rendered.Wrong($"template '{Quotable.Show(name)}' lacks the closing braces of {{{{…}}}}");
            var value = values.Of(rest[(open + 2)..(open + length)].Trim().ToString());
            if (!value.Succeeded) return Rendered.Wrong($"template '{Quotable.Show(name)}': {value.Error}");
            filled.Append(rest[..open]).Append(value.Text);
            rest = rest[(open + length + 2)..];
        }
        return Rendered.Of(filled.Append(rest).ToString());
    }

    private sealed class Values(BootTarget target, string template, Ipv4Address server, TransferProtocol askedOver)
    {
        private readonly Placeholders _placeholders = new(target, server);

        public Rendered Of(string name)
        {
            if (Ours(name) is { } ours) return ours;
            if ((target.Variables.GetValueOrDefault(name) ?? _placeholders.BuiltIn(name)) is not { } value) return Placeholders.Unset(name, target);
            if (!IsScript(template)) return value.Any(char.IsControl) ? Wrong(name, "holds a control character") : Rendered.Of(value);
            return value.All(IsPlain) ? Rendered.Of(value) : Wrong(name, "holds a blank or another character that means something in a loader's script; letters, digits and . _ - : / @ + = , % ~ are none");
        }

        private Rendered? Ours(string name) => name switch
        {
            "kernel" => Names(names => Locate(names.Kernel)),
            "initrd" => Names(names => string.Join(template == Pxelinux ? ',' : ' ', names.Initrds.Select(Locate))),
            "cmdline" => CommandLine(),
            "report" => Rendered.Of(BootPaths.Url(server, target.HttpPort, BootPaths.ReportUp(target.Mac))),
            "failed" => Rendered.Of(BootPaths.Url(server, target.HttpPort, BootPaths.ReportFailed(target.Mac))),
            _ => null,
        };

        private Rendered Names(Func<PayloadNames, string> write) =>
            PayloadNames.Of(target.Profile, out var error) is { } names ? Rendered.Of(write(names)) : Rendered.Wrong(error!);

        /// <summary>As the loader that asks takes it.</summary>
        private string Locate(string path) => template switch
        {
            Grub => $"/{path}",
            Pxelinux when askedOver == TransferProtocol.Tftp => path,
            _ => target.Profile.Transport == Transport.Tftp ? $"tftp://{server}/{path}" : BootPaths.Url(server, target.HttpPort, path),
        };

        private Rendered CommandLine()
        {
            if (template != Grub) return KernelCommandLine.Render(target, server);
            return KernelCommandLine.Words(target, server, out var error) is { } words
                ? Rendered.Of(string.Join(' ', words.Select(word => $"'{KernelWord.Unquoted(word)}'")))
                : Rendered.Wrong($"command line: {error}");
        }

        private Rendered Wrong(string name, string what) => Rendered.Wrong($"the variable '{Quotable.Show(name)}' of {target.Mac} {what}");
    }
}

using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <summary>The groups under <c>profiles</c>.</summary>
internal sealed class ProfileReader(Mistakes mistakes)
{
    private static readonly (string, LoaderKind)[] Loaders =
    [
        ("auto", LoaderKind.Auto), ("undionly", LoaderKind.Undionly), ("snponly", LoaderKind.Snponly), ("ipxe-efi", LoaderKind.IpxeEfi),
        ("pxelinux", LoaderKind.Pxelinux), ("lpxelinux", LoaderKind.Lpxelinux), ("grub", LoaderKind.Grub), ("shim", LoaderKind.Shim), ("uki", LoaderKind.Uki),
    ];

    private readonly Values _values = new(mistakes);

    public List<ProfileDraft> ReadAll(YamlValue? value)
    {
        var profiles = new List<ProfileDraft>();
        if (value is null) return profiles;
        if (value is not YamlMap map)
        {
            mistakes.WrongKind(value, "'profiles'", "write each profile under its name: default: { kernel: vmlinuz }");
            return profiles;
        }
        if (map.Entries.Count == 0) mistakes.Add(map.At, "'profiles' has no profile", "write at least default: { kernel: vmlinuz }");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, profile) in map.Entries)
        {
            if (!names.Add(key.Text)) mistakes.Add(key.At, $"profile '{key.Text}' is here twice", "give one of them another name");
            else if (Read(key, profile) is { } draft) profiles.Add(draft);
        }
        return profiles;
    }

    private ProfileDraft? Read(YamlScalar name, YamlValue value)
    {
        if (value is YamlScalar { IsEmpty: true })
        {
            mistakes.Add(name.At, $"profile '{name.Text}' is empty", "write at least kernel: vmlinuz");
            return null;
        }
        var group = Group.Of(value, "a profile", mistakes, "kernel", "initrd", "cmdline", "loader", "transport");
        if (group is null) return null;
        var files = new List<Placed<string>>();
        var kernel = FilePath(group.Required("kernel", "vmlinuz"), "kernel", files);
        var initrds = _values.Items(group["initrd"], "initrd").Select(item => FilePath(item, "initrd", files)).ToArray();
        var profile = new Profile
        {
            Name = name.Text,
            Kernel = kernel ?? "",
            Initrds = [.. initrds.OfType<string>()],
            CommandLine = CommandLine(group["cmdline"]),
            Loader = _values.Choice(group["loader"], "loader", Loaders) ?? LoaderKind.Auto,
            Transport = _values.Choice(group["transport"], "transport", ("http", Transport.Http), ("tftp", Transport.Tftp)) ?? Transport.Http,
        };
        return new ProfileDraft(profile, files);
    }

    private string? FilePath(YamlValue? value, string name, List<Placed<string>> files)
    {
        var path = _values.FilePath(value, name);
        if (path is not null) files.Add(new Placed<string>(path, value!.At));
        return path;
    }

    /// <summary>YAML may fold it over several lines; a loader wants one.</summary>
    private string CommandLine(YamlValue? value) =>
        string.Join(' ', (_values.Text(value, "cmdline") ?? "").Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

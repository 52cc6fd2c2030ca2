using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <summary>Reads the keys <c>profiles</c>, <c>groups</c> and <c>nodes</c>. What the values must be is said in <see cref="CatalogRules"/>.</summary>
internal sealed class CatalogReader(Mistakes mistakes)
{
    private readonly Values _values = new(mistakes);

    public CatalogDraft Read(YamlValue? profiles, YamlValue? groups, YamlValue? nodes)
    {
        var (profileEntries, groupEntries, nodeEntries) = (new List<CatalogEntry>(), new List<CatalogEntry>(), new List<CatalogEntry>());
        return new CatalogDraft(
            new CatalogDocument
            {
                Profiles = Named(profiles, "profile", "default: { kernel: vmlinuz }", "kernel: vmlinuz", Profile, profileEntries),
                Groups = Named(groups, "group", "rack12: { profile: default }", null, Group, groupEntries),
                Nodes = Nodes(nodes, nodeEntries),
            },
            profileEntries, groupEntries, nodeEntries);
    }

    /// <param name="least">What an entry has to say at least; null: it may be empty.</param>
    private List<T> Named<T>(YamlValue? value, string kind, string example, string? least, Func<YamlScalar, YamlValue, T?> read, List<CatalogEntry> entries) where T : class
    {
        var specs = new List<T>();
        if (value is null) return specs;
        if (value is not YamlMap map)
        {
            mistakes.WrongKind(value, $"'{kind}s'", $"write each {kind} under its name: {example}");
            return specs;
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, entry) in map.Entries)
        {
            if (!names.Add(key.Text)) mistakes.Add(key.At, $"{kind} '{key.Text}' is here twice", "give one of them another name");
            else if (least is not null && entry is YamlScalar { IsEmpty: true }) mistakes.Add(key.At, $"{kind} '{key.Text}' is empty", $"write at least {least}");
            else if (read(key, entry is YamlScalar { IsEmpty: true } ? new YamlMap(entry.At, []) : entry) is { } spec)
            {
                specs.Add(spec);
                entries.Add(new CatalogEntry(key.At, entry));
            }
        }
        return specs;
    }

    public ProfileSpec? Profile(YamlScalar name, YamlValue value)
    {
        var group = Configuration.Group.Of(value, "a profile", mistakes, "kernel", "initrd", "cmdline", "loader", "transport", "templates", "boot_file", "next_server", "options");
        if (group is null) return null;
        return new ProfileSpec
        {
            Name = name.Text,
            Kernel = group["kernel"] is null && (group["boot_file"] ?? group["next_server"] ?? group["options"]) is not null ? "" : _values.Text(group.Required("kernel", "vmlinuz"), "kernel") ?? Reported,
            Initrd = [.. _values.Items(group["initrd"], "initrd").Select(item => _values.Text(item, "initrd") ?? Reported)],
            Cmdline = _values.Text(group["cmdline"], "cmdline") ?? "",
            Loader = _values.Text(group["loader"], "loader") ?? "auto",
            Transport = _values.Text(group["transport"], "transport") ?? "http",
            Templates = Texts(group["templates"], "templates", "user-data"),
            BootFile = _values.Text(group["boot_file"], "boot_file"),
            NextServer = _values.Text(group["next_server"], "next_server"),
            Options = Texts(group["options"], "options", "ntp-servers"),
        };
    }

    public GroupSpec? Group(YamlScalar name, YamlValue value)
    {
        var group = Configuration.Group.Of(value, "a group", mistakes, "parent", "profile", "intent", "vars", "bmc", "boot_file", "next_server", "options");
        return group is null ? null : new GroupSpec
        {
            Name = name.Text,
            Parent = _values.Text(group["parent"], "parent"),
            Profile = _values.Text(group["profile"], "profile"),
            Intent = _values.Text(group["intent"], "intent"),
            Vars = Texts(group["vars"], "vars", "key"),
            Bmc = Bmc(group["bmc"]),
            BootFile = _values.Text(group["boot_file"], "boot_file"),
            NextServer = _values.Text(group["next_server"], "next_server"),
            Options = Texts(group["options"], "options", "ntp-servers"),
        };
    }

    private List<NodeSpec> Nodes(YamlValue? value, List<CatalogEntry> entries)
    {
        var nodes = new List<NodeSpec>();
        if (value is not null and not YamlList) mistakes.WrongKind(value, "'nodes'", "write a list: each item begins with '- '");
        foreach (var item in (value as YamlList)?.Items ?? [])
        {
            if (Node(item, null) is not { } node) continue;
            nodes.Add(node);
            entries.Add(new CatalogEntry(item.At, item));
        }
        return nodes;
    }

    /// <param name="mac">The node's, where something else than <paramref name="value"/> says so.</param>
    public NodeSpec? Node(YamlValue value, string? mac)
    {
        var group = Configuration.Group.Of(value, "a node", mistakes, NodeKeys);
        if (group is null) return null;
        mac = _values.Text(mac is null ? group.Required("mac", "\"52:54:00:77:00:01\"") : group["mac"], "mac") ?? mac;
        return mac is null ? null : new NodeSpec
        {
            Mac = mac,
            Name = _values.Text(group["name"], "name"),
            Ip = Several(group["ip"], "ip"),
            Cards = Several(group["cards"], "cards"),
            Group = _values.Text(group["group"], "group"),
            Profile = _values.Text(group["profile"], "profile"),
            Intent = _values.Text(group["intent"], "intent"),
            Next = _values.Text(group["next"], "next"),
            Vars = Texts(group["vars"], "vars", "key"),
            Bmc = Bmc(group["bmc"]),
        };
    }

    /// <summary>What a mistake was said of already, so that the rules find no second one in it.</summary>
    private const string Reported = "reported";

    internal static readonly string[] NodeKeys = ["mac", "name", "ip", "cards", "group", "profile", "intent", "vars", "next", "bmc"];

    /// <summary>One value, a list of them, or several with commas.</summary>
    private string? Several(YamlValue? value, string what) =>
        value is YamlList ? string.Join(", ", _values.Items(value, what).Select(item => _values.Text(item, what)).OfType<string>()) : _values.Text(value, what);

    private BmcSpec? Bmc(YamlValue? value)
    {
        var group = Configuration.Group.Of(value, "'bmc'", mistakes, "address", "protocol", "credentials");
        return group is null ? null : new BmcSpec(_values.Text(group["address"], "address"), _values.Text(group["protocol"], "protocol"), _values.Text(group["credentials"], "credentials"));
    }

    private Dictionary<string, string> Texts(YamlValue? value, string what, string example) => Texts(value, what, example, _values, mistakes);

    /// <summary>Names with a text each.</summary>
    internal static Dictionary<string, string> Texts(YamlValue? value, string what, string example, Values values, Mistakes mistakes)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value is null) return texts;
        if (value is not YamlMap map)
        {
            mistakes.WrongKind(value, $"'{what}'", $"write {what}: {{ {example}: value }}");
            return texts;
        }
        foreach (var (key, text) in map.Entries)
        {
            var read = text is YamlScalar { IsEmpty: true } or YamlScalar { Text: "" } ? "" : values.Text(text, key.Text);
            if (read is not null && !texts.TryAdd(key.Text, read)) mistakes.Add(key.At, $"'{key.Text}' is here twice", "keep one of them");
        }
        return texts;
    }
}

using System.Globalization;
using System.Text;
using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Node.Catalog;

/// <summary>Writes nodes, groups and profiles as the configuration's reader takes them.</summary>
internal static class CatalogYaml
{
    public static string Write(CatalogDocument document)
    {
        var yaml = new StringBuilder();
        if (document.Profiles.Count > 0) yaml.Append("profiles:\n");
        foreach (var profile in document.Profiles.OrderBy(each => each.Name, StringComparer.Ordinal)) Profile(yaml, profile);
        if (document.Groups.Count > 0) yaml.Append("groups:\n");
        foreach (var group in document.Groups.OrderBy(each => each.Name, StringComparer.Ordinal)) Group(yaml, group);
        if (document.Nodes.Count > 0) yaml.Append("nodes:\n");
        foreach (var node in document.Nodes.OrderBy(each => each.Name ?? "~", StringComparer.Ordinal).ThenBy(each => each.Mac, StringComparer.Ordinal)) Node(yaml, node);
        return yaml.Length == 0 ? "{}\n" : yaml.ToString();
    }

    private static void Profile(StringBuilder yaml, ProfileSpec profile)
    {
        yaml.Append($"  {Key(profile.Name)}:\n");
        if (profile.Kernel.Length > 0) Line(yaml, "kernel", profile.Kernel);
        Dhcp(yaml, profile.BootFile, profile.NextServer, profile.Options);
        if (profile.Initrd.Count > 0) yaml.Append($"    initrd: [{string.Join(", ", profile.Initrd.Select(Value))}]\n");
        if (profile.Cmdline.Length > 0) Line(yaml, "cmdline", profile.Cmdline);
        if (profile.Loader != "auto") Line(yaml, "loader", profile.Loader);
        if (profile.Transport != "http") Line(yaml, "transport", profile.Transport);
        if (profile.Templates.Count > 0) yaml.Append("    templates:\n");
        foreach (var (name, text) in profile.Templates.OrderBy(each => each.Key, StringComparer.Ordinal)) Template(yaml, name, text);
    }

    private static void Group(StringBuilder yaml, GroupSpec group)
    {
        yaml.Append($"  {Key(group.Name)}:\n");
        var empty = yaml.Length;
        Line(yaml, "parent", group.Parent);
        Line(yaml, "profile", group.Profile);
        Line(yaml, "intent", group.Intent);
        Dhcp(yaml, group.BootFile, group.NextServer, group.Options);
        Variables(yaml, group.Vars);
        Bmc(yaml, group.Bmc);
        if (yaml.Length == empty) yaml.Insert(empty - 1, " {}");
    }

    private static void Node(StringBuilder yaml, NodeSpec node)
    {
        yaml.Append($"  - mac: {Value(node.Mac)}\n");
        Line(yaml, "name", node.Name);
        Line(yaml, "ip", node.Ip);
        Line(yaml, "cards", node.Cards);
        Line(yaml, "group", node.Group);
        Line(yaml, "profile", node.Profile);
        Line(yaml, "intent", node.Intent);
        Line(yaml, "next", node.Next);
        Variables(yaml, node.Vars);
        Bmc(yaml, node.Bmc);
    }

    private static void Dhcp(StringBuilder yaml, string? bootFile, string? nextServer, IReadOnlyDictionary<string, string> options)
    {
        Line(yaml, "boot_file", bootFile);
        Line(yaml, "next_server", nextServer);
        Texts(yaml, "options", options);
    }

    private static void Variables(StringBuilder yaml, IReadOnlyDictionary<string, string> variables)
    {
        Texts(yaml, "vars", variables);
    }

    private static void Texts(StringBuilder yaml, string name, IReadOnlyDictionary<string, string> variables)
    {
        if (variables.Count > 0) yaml.Append($"    {name}: {{ {string.Join(", ", variables.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{Key(each.Key)}: {Value(each.Value)}"))} }}\n");
    }

    private static void Bmc(StringBuilder yaml, BmcSpec? bmc)
    {
        if (bmc is null) return;
        var parts = new[] { ("address", bmc.Address), ("protocol", bmc.Protocol), ("credentials", bmc.Credentials) }.Where(part => part.Item2 is not null);
        yaml.Append($"    bmc: {{ {string.Join(", ", parts.Select(part => $"{part.Item1}: {Value(part.Item2!)}"))} }}\n");
    }

    private static void Line(StringBuilder yaml, string key, string? value)
    {
        if (value is not null) yaml.Append($"    {key}: {Value(value)}\n");
    }

    /// <summary>As lines where that says the same, so that people can read and change it.</summary>
    private static void Template(StringBuilder yaml, string name, string text)
    {
        var lines = text.Split('\n');
        var asBlock = text.EndsWith('\n') && lines.Length > 1 && lines[0].Length > 0 && lines[^2].Length > 0 && lines[0][0] != ' '
            && lines.All(line => line.All(c => c is >= ' ' and < '\x7f'));
        if (!asBlock)
        {
            yaml.Append($"      {Key(name)}: {Quoted(text)}\n");
            return;
        }
        yaml.Append($"      {Key(name)}: |\n");
        foreach (var line in lines[..^1]) yaml.Append(line.Length == 0 ? "\n" : $"        {line}\n");
    }

    private static string Key(string text) => IsPlain(text) ? text : Quoted(text);

    private static string Value(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary>Not a word that some reader of YAML takes for something else than text.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/')
        && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n");

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (c == '\t') quoted.Append("\\t");
            else if (c is >= ' ' and < '\x7f') quoted.Append(c);
            else quoted.Append(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
        }
        return quoted.Append('"').ToString();
    }
}

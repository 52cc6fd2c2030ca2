using System.Text;
using System.Text.Unicode;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Catalog;

/// <summary>Bodies of calls that name entries: YAML in the configuration's grammar, of which JSON is a part. Pure.</summary>
internal static class CatalogText
{
    private const string Name = "body";

    /// <summary>The whole of the configuration's keys may be there, so that its file can be sent as it is; those of the catalog are read.</summary>
    private static readonly string[] Keys = ["node", "store", "cluster", "interfaces", "files", "http", "tftp", "admin", "authoritative", "proxy", "router_advertisements", "subnets", "profiles", "groups", "nodes", "power", "telemetry"];

    public static CatalogDocument? Document(ReadOnlySpan<byte> body, out IReadOnlyList<string> mistakes) => Read(body, out mistakes, static (value, found) =>
    {
        var group = Group.Of(value, "what is applied", found, Keys);
        return group is null ? null : new CatalogReader(found).Read(group["profiles"], group["groups"], group["nodes"]).Document;
    });

    public static NodeSpec? Node(ReadOnlySpan<byte> body, string mac, out IReadOnlyList<string> mistakes) =>
        Read(body, out mistakes, (value, found) => new CatalogReader(found).Node(value, mac));

    public static GroupSpec? GroupOf(ReadOnlySpan<byte> body, string name, out IReadOnlyList<string> mistakes) =>
        Read(body, out mistakes, (value, found) => new CatalogReader(found).Group(new YamlScalar(value.At, name, true), Nameless(value, name, found)));

    public static ProfileSpec? Profile(ReadOnlySpan<byte> body, string name, out IReadOnlyList<string> mistakes) =>
        Read(body, out mistakes, (value, found) => new CatalogReader(found).Profile(new YamlScalar(value.At, name, true), Nameless(value, name, found)));

    public static NodeChange? Change(ReadOnlySpan<byte> body, out IReadOnlyList<string> mistakes) => Read(body, out mistakes, NodeChange.Read, keepNulls: true);

    private static T? Read<T>(ReadOnlySpan<byte> body, out IReadOnlyList<string> mistakes, Func<YamlValue, Mistakes, T?> read, bool keepNulls = false) where T : class
    {
        var found = new Mistakes(Name);
        T? result = null;
        if (!Utf8.IsValid(body)) found.Add(new Position(1, 1), "the body is not UTF-8 text", "send it as UTF-8");
        else if (YamlTree.Read(Encoding.UTF8.GetString(body), found) is { } root) result = read(keepNulls ? root : WithoutNulls(root), found);
        mistakes = found.Sentences;
        return mistakes.Count == 0 ? result : null;
    }

    /// <summary>What GET shows has the name inside; it must be the one that is addressed.</summary>
    private static YamlValue Nameless(YamlValue value, string name, Mistakes found)
    {
        if (value is not YamlMap map) return value;
        foreach (var (key, inner) in map.Entries)
            if (key.Text == "name" && (inner as YamlScalar)?.Text != name) found.Add(inner.At, $"the body names another one than '{name}'", "write the same name, or leave it out");
        return new YamlMap(map.At, [.. map.Entries.Where(entry => entry.Key.Text is not ("name" or "intentOrder"))]);
    }

    /// <summary>Programs write null for what they leave out, and what the fabric keeps of its own comes back as it was shown.</summary>
    private static YamlValue WithoutNulls(YamlValue value) => value switch
    {
        YamlMap map => new YamlMap(map.At, [.. map.Entries.Where(entry => entry.Value is not YamlScalar { IsEmpty: true, Text: "null" } && entry.Key.Text is not ("intentOrder" or "nextOrder")).Select(entry => (entry.Key, WithoutNulls(entry.Value)))]),
        YamlList list => new YamlList(list.At, [.. list.Items.Select(WithoutNulls)]),
        _ => value,
    };
}

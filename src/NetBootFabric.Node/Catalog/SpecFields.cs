using System.Globalization;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Catalog;

/// <summary>What an entry says, key by key: for comparing and showing. What the fabric keeps of its own beside it is not there.</summary>
internal static class SpecFields
{
    public static IReadOnlyList<FieldDifference> Differences(object? before, object? after)
    {
        var (old, now) = (Of(before), Of(after));
        var differences = new List<FieldDifference>();
        foreach (var (field, value) in old)
            if (now.GetValueOrDefault(field) is var other && other != value) differences.Add(new FieldDifference(field, value, other));
        foreach (var (field, value) in now)
            if (!old.ContainsKey(field)) differences.Add(new FieldDifference(field, null, value));
        return differences;
    }

    public static CatalogDifference Difference(CatalogKind kind, string key, object? before, object? after) => new(
        kind.ToString().ToLowerInvariant(), key, (after as NodeSpec ?? before as NodeSpec)?.Name,
        before is null ? "added" : after is null ? "removed" : "changed", Differences(before, after));

    private static Dictionary<string, string> Of(object? spec)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (spec is NodeSpec node) Node(fields, node);
        else if (spec is GroupSpec group) Group(fields, group);
        else if (spec is ProfileSpec profile) Profile(fields, profile);
        return fields;
    }

    private static void Node(Dictionary<string, string> fields, NodeSpec node)
    {
        Add(fields, "name", node.Name);
        Add(fields, "ip", node.Ip);
        Add(fields, "cards", node.Cards);
        Add(fields, "group", node.Group);
        Add(fields, "profile", node.Profile);
        Add(fields, "intent", node.Intent);
        Add(fields, "next", node.Next);
        AddAll(fields, "vars", node.Vars);
        Bmc(fields, node.Bmc);
    }

    private static void Group(Dictionary<string, string> fields, GroupSpec group)
    {
        Add(fields, "parent", group.Parent);
        Add(fields, "profile", group.Profile);
        Add(fields, "intent", group.Intent);
        AddAll(fields, "vars", group.Vars);
        Bmc(fields, group.Bmc);
        Dhcp(fields, group.BootFile, group.NextServer, group.Options);
    }

    private static void Dhcp(Dictionary<string, string> fields, string? bootFile, string? nextServer, IReadOnlyDictionary<string, string> options)
    {
        Add(fields, "boot_file", bootFile);
        Add(fields, "next_server", nextServer);
        AddAll(fields, "options", options);
    }

    private static void Profile(Dictionary<string, string> fields, ProfileSpec profile)
    {
        Add(fields, "kernel", profile.Kernel is "" ? null : profile.Kernel);
        Dhcp(fields, profile.BootFile, profile.NextServer, profile.Options);
        for (var i = 0; i < profile.Initrd.Count; i++) Add(fields, string.Create(CultureInfo.InvariantCulture, $"initrd.{i + 1}"), profile.Initrd[i]);
        Add(fields, "cmdline", profile.Cmdline is "" ? null : profile.Cmdline);
        Add(fields, "loader", profile.Loader);
        Add(fields, "transport", profile.Transport);
        AddAll(fields, "templates", profile.Templates);
    }

    private static void Bmc(Dictionary<string, string> fields, BmcSpec? bmc)
    {
        Add(fields, "bmc.address", bmc?.Address);
        Add(fields, "bmc.protocol", bmc?.Protocol);
        Add(fields, "bmc.credentials", bmc?.Credentials);
    }

    private static void AddAll(Dictionary<string, string> fields, string prefix, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values) fields[$"{prefix}.{name}"] = value;
    }

    private static void Add(Dictionary<string, string> fields, string name, string? value)
    {
        if (value is not null) fields[name] = value;
    }
}

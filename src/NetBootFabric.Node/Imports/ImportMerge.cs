using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Node.Catalog;

namespace NetBootFabric.Node.Imports;

/// <summary>Another system knows some of what the catalog says of a node: what it says counts, what it is silent about stays. Pure.</summary>
internal static class ImportMerge
{
    public static CatalogDocument Onto(CatalogState catalog, CatalogDocument imported) => new()
    {
        Groups = [.. imported.Groups.Select(group => catalog.Groups.GetValueOrDefault(group.Name) is { } known ? Onto(known.Spec, group) : group)],
        Nodes = [.. imported.Nodes.Select(node => catalog.Nodes.GetValueOrDefault(node.Mac) is { } known ? Onto(known.Spec, node) : node)],
    };

    private static NodeSpec Onto(NodeSpec known, NodeSpec said) => known with
    {
        Name = said.Name ?? known.Name,
        Ip = said.Ip ?? known.Ip,
        Group = said.Group ?? known.Group,
        Profile = said.Profile ?? known.Profile,
        Intent = said.Intent ?? known.Intent,
        Vars = Onto(known.Vars, said.Vars),
        Bmc = Onto(known.Bmc, said.Bmc),
    };

    private static GroupSpec Onto(GroupSpec known, GroupSpec said) => known with
    {
        Parent = said.Parent ?? known.Parent,
        Profile = said.Profile ?? known.Profile,
        Intent = said.Intent ?? known.Intent,
        Vars = Onto(known.Vars, said.Vars),
        Bmc = Onto(known.Bmc, said.Bmc),
    };

    private static IReadOnlyDictionary<string, string> Onto(IReadOnlyDictionary<string, string> known, IReadOnlyDictionary<string, string> said)
    {
        if (said.Count == 0) return known;
        var all = new Dictionary<string, string>(known, StringComparer.Ordinal);
        foreach (var (name, value) in said) all[name] = value;
        return all;
    }

    private static BmcSpec? Onto(BmcSpec? known, BmcSpec? said) => said is null || known is null
        ? said ?? known
        : new BmcSpec(said.Address ?? known.Address, said.Protocol ?? known.Protocol, said.Credentials ?? known.Credentials);
}

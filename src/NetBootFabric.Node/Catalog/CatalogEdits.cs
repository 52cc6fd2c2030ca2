using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Catalog;

/// <summary>From what somebody wants to the entries to write. Pure.</summary>
internal static class CatalogEdits
{
    /// <summary>The entries of <paramref name="document"/> that are not there, or otherwise.</summary>
    /// <param name="document">In the form of <see cref="SpecForm"/>.</param>
    /// <param name="prune">Of each section that is not empty, what it does not name is removed.</param>
    public static CatalogEdit Apply(CatalogState catalog, CatalogDocument document, bool prune)
    {
        var steps = new List<CatalogStep>();
        var revision = catalog.Revision + 1;
        foreach (var profile in document.Profiles) Put(steps, CatalogKind.Profile, profile.Name, catalog, profile);
        foreach (var group in document.Groups) Put(steps, CatalogKind.Group, group.Name, catalog, SpecOrders.Stamp(group, catalog.Groups.GetValueOrDefault(group.Name)?.Spec, revision));
        foreach (var node in document.Nodes) Put(steps, CatalogKind.Node, node.Mac, catalog, SpecOrders.Stamp(node, catalog.Nodes.GetValueOrDefault(node.Mac)?.Spec, revision));
        if (prune)
        {
            Prune(steps, CatalogKind.Node, catalog.Nodes.Keys, [.. document.Nodes.Select(node => node.Mac)]);
            Prune(steps, CatalogKind.Group, catalog.Groups.Keys, [.. document.Groups.Select(group => group.Name)]);
            Prune(steps, CatalogKind.Profile, catalog.Profiles.Keys, [.. document.Profiles.Select(profile => profile.Name)]);
        }
        return new CatalogEdit(steps);
    }

    private static void Put(List<CatalogStep> steps, CatalogKind kind, string key, CatalogState catalog, object spec)
    {
        if (catalog.SpecOf(kind, key) is not { } before || SpecFields.Differences(before, spec).Count > 0) steps.Add(new CatalogStep(kind, key, spec));
    }

    private static void Prune(List<CatalogStep> steps, CatalogKind kind, IEnumerable<string> there, HashSet<string> named)
    {
        if (named.Count > 0) steps.AddRange(there.Where(key => !named.Contains(key)).Select(key => new CatalogStep(kind, key, null)));
    }

    /// <summary>Sentences about what is wrong with <paramref name="document"/> alone: the same entry twice.</summary>
    public static IEnumerable<string> Doubles(CatalogDocument document) =>
        Doubles("node", document.Nodes.Select(node => node.Mac)).Concat(Doubles("group", document.Groups.Select(group => group.Name))).Concat(Doubles("profile", document.Profiles.Select(profile => profile.Name)));

    private static IEnumerable<string> Doubles(string kind, IEnumerable<string> keys) =>
        keys.GroupBy(key => key).Where(same => same.Count() > 1).Select(same => $"{kind} {same.Key} is here {same.Count()} times; write each once");
}

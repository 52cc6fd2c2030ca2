using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Import;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;

namespace NetBootFabric.Node.Imports;

/// <summary>Leaves out what would not fit the subnets and the catalog, so that it is told by line as what is broken in itself. Pure.</summary>
internal static class ImportFit
{
    /// <summary>Without one node another may fit, or no longer: after so many rounds the catalog itself has the word.</summary>
    private const int Rounds = 3;

    /// <param name="document">Merged with what the catalog says of its entries.</param>
    /// <param name="settings">Subnets and all else that is not the catalog's.</param>
    /// <param name="line">Of a node in the text.</param>
    public static CatalogDocument Fitting(CatalogState catalog, CatalogDocument document, Room settings, Func<NodeSpec, int> line, List<ImportNote> notes)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var candidate = With(catalog, document);
            var own = document.Nodes.Select(node => node.Mac).ToHashSet();
            var left = new Dictionary<string, ImportNote>();
            foreach (var fault in CatalogRules.Check(candidate, settings).Where(fault => fault.Kind == CatalogKind.Node))
            {
                // Of two that have the same, the one that is imported is told, also when it stands before the other.
                var index = own.Contains(candidate.Nodes[fault.Index].Mac) ? fault.Index : fault.Earlier;
                if (index is not { } which || candidate.Nodes[which] is not { } node || !own.Contains(node.Mac)) continue;
                var other = fault.Earlier is { } earlier ? candidate.Nodes[which == fault.Index ? earlier : fault.Index] : null;
                var why = other is null ? $"{fault.Problem}; {fault.Remedy}" : $"{fault.Problem} is that of {other.Name ?? other.Mac} in the catalog; {fault.Remedy}";
                left.TryAdd(node.Mac, new ImportNote(line(node), node.Name ?? node.Mac, why, Broken: true));
            }
            if (left.Count == 0) return document;
            notes.AddRange(left.Values);
            document = document with { Nodes = [.. document.Nodes.Where(node => !left.ContainsKey(node.Mac))] };
        }
        return document;
    }

    private static CatalogDocument With(CatalogState catalog, CatalogDocument document) => catalog.With(
    [
        .. document.Groups.Select(group => new CatalogStep(CatalogKind.Group, group.Name, group)),
        .. document.Nodes.Select(node => new CatalogStep(CatalogKind.Node, node.Mac, node)),
    ], catalog.Revision + 1).Document();
}

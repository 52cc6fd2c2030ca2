using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Catalog;

/// <summary>Faults as sentences that name the entry, for those who sent no file.</summary>
internal static class FaultText
{
    public static string Of(CatalogFault fault, CatalogDocument document) => fault.Earlier is { } earlier
        ? $"{Entry(fault.Kind, fault.Index, document)}: {fault.Problem} is already that of {Entry(fault.Kind, earlier, document)}; {fault.Remedy}"
        : $"{Entry(fault.Kind, fault.Index, document)}: {fault.Problem}; {fault.Remedy}";

    private static string Entry(CatalogKind kind, int index, CatalogDocument document) => kind switch
    {
        CatalogKind.Profile => $"profile {document.Profiles[index].Name}",
        CatalogKind.Group => $"group {document.Groups[index].Name}",
        _ => Node(document.Nodes[index]),
    };

    private static string Node(NodeSpec node) => node.Name is null ? $"node {node.Mac}" : $"node {node.Name} ({node.Mac})";
}

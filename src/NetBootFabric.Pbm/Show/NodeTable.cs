using NetBootFabric.AdminApi.Catalog;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class NodeTable
{
    public static IRenderable Render(IReadOnlyList<NodeView> nodes)
    {
        if (nodes.Count == 0) return new Text("No nodes yet: pbm node add 52:54:00:77:00:01 name=n001\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("NAME", "MAC", "ADDRESS", "GROUP", "PROFILE", "INTENT", "NEXT", "RACK");
        foreach (var column in table.Columns) column.NoWrap();
        foreach (var node in nodes) table.AddRow([.. Row(node).Select(text => new Text(text))]);
        return table;
    }

    private static IEnumerable<string> Row(NodeView node) =>
    [
        node.Spec.Name ?? "-", node.Spec.Mac, node.Spec.Ip ?? "-", node.Spec.Group ?? "-", node.Effective.Profile ?? "default", node.Effective.Intent, node.Effective.Next ?? "-",
        node.Effective.Vars.GetValueOrDefault("rack", "-"),
    ];
}

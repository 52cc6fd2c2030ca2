using System.Globalization;
using NetBootFabric.AdminApi.Catalog;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class GroupTable
{
    public static IRenderable Render(IReadOnlyList<GroupView> groups)
    {
        if (groups.Count == 0) return new Text("No groups yet: pbm group add rack1 vars.rack=r1\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("GROUP", "PARENT", "PROFILE", "INTENT", "NODES", "VARS");
        foreach (var group in groups)
            table.AddRow(new Text(group.Spec.Name), new Text(group.Spec.Parent ?? "-"), new Text(group.Spec.Profile ?? "-"), new Text(group.Spec.Intent ?? "-"), new Text(group.Nodes.ToString(CultureInfo.InvariantCulture)), new Text(Variables(group.Spec.Vars)));
        return table;
    }

    public static IRenderable Page(GroupView group)
    {
        var page = new FactGrid();
        page.Add("Group", group.Spec.Name);
        page.Add("Parent", group.Spec.Parent);
        page.Add("Profile", group.Spec.Profile);
        page.Add("Intent", group.Spec.Intent);
        foreach (var (name, value) in group.Spec.Vars.OrderBy(each => each.Key, StringComparer.Ordinal)) page.Add($"vars.{name}", value);
        page.Add("BMC", group.Spec.Bmc is { } bmc ? string.Join(' ', new[] { bmc.Protocol, bmc.Credentials }.OfType<string>()) : null);
        page.Add("Nodes", group.Nodes.ToString(CultureInfo.InvariantCulture));
        page.Add("Revision", group.Revision.ToString(CultureInfo.InvariantCulture));
        return page.Grid;
    }

    private static string Variables(IReadOnlyDictionary<string, string> variables) => string.Join(' ', variables.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}"));
}

using NetBootFabric.AdminApi.Catalog;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class NodePage
{
    public static IRenderable Render(NodeView node)
    {
        var (spec, effective) = (node.Spec, node.Effective);
        var page = new FactGrid();
        page.Add("Name", spec.Name);
        page.Add("MAC", spec.Mac);
        page.Add("Address", spec.Ip);
        page.Add("Groups", string.Join(" < ", effective.Groups));
        page.Add("Profile", Inherited(effective.Profile ?? "default", spec.Profile));
        page.Add("Intent", Inherited(effective.Intent, spec.Intent));
        page.Add("Next boot", effective.Next);
        foreach (var (name, value) in effective.Vars.OrderBy(each => each.Key, StringComparer.Ordinal)) page.Add($"vars.{name}", Inherited(value, spec.Vars.GetValueOrDefault(name)));
        page.Add("BMC", effective.Bmc is { } bmc ? string.Join(' ', new[] { bmc.Address, bmc.Protocol, bmc.Credentials }.OfType<string>()) : null);
        page.Add("Revision", node.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return page.Grid;
    }

    /// <param name="own">What the node says itself.</param>
    private static string Inherited(string value, string? own) => own is null ? $"{value} (inherited)" : value;
}

/// <summary>Facts under each other, those that there are.</summary>
internal sealed class FactGrid
{
    public Grid Grid { get; } = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();

    public void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) Grid.AddRow(new Text(name), new Text(value));
    }
}

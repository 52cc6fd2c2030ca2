using NetBootFabric.AdminApi.Why;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class WhyTable
{
    public static IRenderable Render(WhyReport report)
    {
        var parts = new List<IRenderable>();
        if (report.Groups.Count == 0) parts.Add(new Text("No client has failed, is stuck or slow.\n"));
        foreach (var group in report.Groups) parts.AddRange(Group(group));
        parts.AddRange(report.OtherServers.Select(server => new Text($"! {server}", new Style(Color.Yellow))));
        return new Rows(parts);
    }

    private static IEnumerable<IRenderable> Group(WhyGroup group)
    {
        yield return new Text($"{group.Step}: {group.Cause}, {group.Count} client{(group.Count == 1 ? "" : "s")}", new Style(decoration: Decoration.Bold));
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
        table.Columns[0].PadLeft(2).NoWrap();
        table.Columns[1].NoWrap();
        foreach (var client in group.Clients) table.AddRow(new Text(client.Name), new Text(client.Standing, WhyPage.Style(client.Standing)), new Text(client.Sentence));
        yield return table;
        if (group.Count > group.Clients.Count) yield return new Text($"  and {group.Count - group.Clients.Count} more");
        if (group.Clients.Select(client => client.Remedy).Distinct().Count() == 1 && group.Clients[0].Remedy is { } remedy) yield return new Text($"  To do: {remedy}.");
    }
}

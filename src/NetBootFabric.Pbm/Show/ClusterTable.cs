using System.Globalization;
using NetBootFabric.AdminApi;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class ClusterTable
{
    public static IRenderable Render(ClusterView cluster)
    {
        if (cluster.Alone) return new Text($"{cluster.Node} is alone: its configuration has no 'cluster'.\n");
        var living = cluster.Members.Count(member => member.Status == "up");
        var parts = new List<IRenderable>
        {
            new Text($"{living} of {cluster.Members.Count} head nodes are up; {cluster.Shards - cluster.ShardsWithoutOwner} of {cluster.Shards} shards are served; {Contact(cluster)}"),
            Members(cluster),
        };
        parts.AddRange(cluster.Warnings.Select(warning => new Text($"! {warning}", new Style(Color.Yellow))));
        return new Rows(parts);
    }

    public static Table Members(ClusterView cluster)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("NODE", "STATUS", "SHARDS", "CLIENTS", "DOWNLOADS", "SERVES", "WEIGHT", "ROLES", "ADDRESS", "VERSION");
        foreach (var member in cluster.Members) table.AddRow(Row(member, cluster.Node));
        foreach (var column in table.Columns) column.NoWrap();
        return table;
    }

    private static IRenderable[] Row(MemberView member, string asked) =>
    [
        new Text(member.Name == asked ? member.Name + " *" : member.Name),
        new Text(member.Status, new Style(member.Status switch { "up" => Color.Green, "unreachable" => Color.Red, "gone" => Color.Grey, _ => Color.Yellow })),
        new Text(Number(member.Shards)),
        new Text(Number(member.Clients)),
        new Text(Number(member.Transfers)),
        new Text(member.Serves.Count == 0 ? "-" : string.Join(' ', member.Serves)),
        new Text(Number(member.Weight)),
        new Text(string.Join(' ', member.Roles)),
        new Text(member.Address),
        new Text(member.Version ?? "-"),
    ];

    private static string Contact(ClusterView cluster) => cluster.Contact switch
    {
        "Current" => $"{cluster.Node} reaches the database",
        "DownForAll" => "the database is down: known clients boot, new ones wait",
        "CutOff" => $"{cluster.Node} is cut off from the database and serves nobody",
        "Joining" => $"{cluster.Node} is joining",
        _ => $"{cluster.Node} has left",
    };

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "?";
}

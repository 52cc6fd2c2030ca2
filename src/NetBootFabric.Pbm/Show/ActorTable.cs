using System.Globalization;
using NetBootFabric.AdminApi;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class ActorTable
{
    public static IRenderable Regions(IReadOnlyList<RegionView> regions)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("TYPE", "NODE", "SHARDS", "ACTORS");
        foreach (var region in regions) table.AddRow(Cells(region.Type, region.Node, Number(region.Shards.Count), Number(region.Shards.Sum(shard => shard.Entities))));
        return table;
    }

    public static IRenderable Shards(IReadOnlyList<RegionView> regions)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("TYPE", "NODE", "SHARD", "ACTORS");
        foreach (var region in regions)
            foreach (var shard in region.Shards) table.AddRow(Cells(region.Type, region.Node, shard.Shard, Number(shard.Entities)));
        return table;
    }

    public static IRenderable Tree(IReadOnlyList<ActorLine> lines) =>
        new Text(string.Concat(lines.Select((line, at) => $"{new string(' ', line.Depth * 2)}{line.Name}  {line.Type}{Hidden(lines, at)}\n")));

    /// <summary>How many of its children are not shown.</summary>
    private static string Hidden(IReadOnlyList<ActorLine> lines, int at)
    {
        var shown = lines.Skip(at + 1).TakeWhile(line => line.Depth > lines[at].Depth).Count(line => line.Depth == lines[at].Depth + 1);
        return lines[at].Children > shown ? $"  ({lines[at].Children - shown} more below)" : "";
    }

    private static IRenderable[] Cells(params string[] texts) => [.. texts.Select(text => new Text(text))];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using NetBootFabric.AdminApi;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class ShardTable
{
    public static IRenderable Render(IReadOnlyList<ShardView> shards)
    {
        if (shards.Count == 0) return new Text("This head node is alone: all clients are its own.\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("SHARD", "OWNER", "EPOCH", "CLIENTS");
        foreach (var shard in shards) table.AddRow(Row(shard));
        return new Rows(table, new Text(string.Join('\n', Sums(shards))));
    }

    private static IRenderable[] Row(ShardView shard) =>
    [
        new Text(Number(shard.Shard)),
        shard.Owner is { } owner ? new Text(owner) : new Text("nobody", new Style(Color.Red)),
        new Text(Number(shard.Epoch)),
        new Text(shard.Clients is { } clients ? Number(clients) : "?"),
    ];

    private static IEnumerable<string> Sums(IReadOnlyList<ShardView> shards) =>
        shards.GroupBy(shard => shard.Owner ?? "nobody").OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {group.Count()} shards, {group.Sum(shard => shard.Clients ?? 0)} clients");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

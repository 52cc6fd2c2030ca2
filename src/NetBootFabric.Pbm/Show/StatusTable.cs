using System.Globalization;
using NetBootFabric.AdminApi;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class StatusTable
{
    public static IRenderable Render(StatusView status)
    {
        var parts = new List<IRenderable>
        {
            new Text($"{status.Node}: netbootd {status.Version}, up {Quantity.Duration(DateTimeOffset.UtcNow - status.StartedAt)}, {Quantity.Bytes(status.MemoryBytes)}, {status.Engine} actors, {status.Store}{(status.StoreWritable ? "" : " (can't be written now)")}"),
            new Text(string.Join('\n', status.Interfaces.Select(each => $"  {each.Name}  {each.Address}"))),
            new Text(string.Join('\n', AdminApi(status))),
            Pools(status),
            Phases(status),
            Counters(status),
        };
        parts.AddRange(status.Warnings.Select(warning => new Text($"! {warning}", new Style(Color.Yellow))));
        return new Rows(parts);
    }

    private static IEnumerable<string> AdminApi(StatusView status)
    {
        if (status.Admin.Count > 0) yield return $"  admin API  {string.Join("  ", status.Admin)}";
        if (status.Fingerprint is { } fingerprint) yield return $"  its key    {fingerprint}";
    }

    private static Table Pools(StatusView status)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("SUBNET", "POOL", "LEASED", "OFFERED", "QUARANTINED", "FREE");
        foreach (var pool in status.Pools)
            table.AddRow(pool.Network, Number(pool.Size), Number(pool.Leased), Number(pool.Offered), Number(pool.Quarantined), Number(pool.Free));
        return table;
    }

    private static Table Phases(StatusView status)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("PHASE", "CLIENTS");
        foreach (var (phase, count) in status.Phases) table.AddRow(new Text(phase, PhaseStyle.Of(phase)), new Text(Number(count)));
        return table.AddRow("all", Number(status.Clients));
    }

    private static Table Counters(StatusView status)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("PROTOCOL", "COUNTED");
        foreach (var (protocol, counters) in status.Counters)
            table.AddRow(new Text(protocol), new Text(string.Join(", ", counters.Select(each => $"{each.Key} {Number(each.Value)}"))));
        return table;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

using NetBootFabric.AdminApi;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class ClientTable
{
    /// <summary>Columns that a terminal must have for the whole table: addresses are for copying, so they are never folded.</summary>
    private const int Wide = 120;

    /// <param name="phase">The phase that was asked for; null for all.</param>
    /// <param name="filtered">Only some clients were asked for.</param>
    /// <param name="width">Of the terminal, in columns; a narrow one gets fewer columns.</param>
    public static IRenderable Render(IReadOnlyList<ClientSummary> clients, string? phase, bool filtered, DateTimeOffset now, int width)
    {
        if (clients.Count == 0 && phase is null && filtered) return new Text("No client is like that now. pbm clients lists all.\n");
        if (clients.Count == 0) return new Text(phase is null ? "No clients yet. They appear with their first DHCP packet.\n" : $"No client is in phase '{phase}' now. pbm status counts the clients of each phase.\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("NAME", "MAC", "ADDRESS", "PHASE", "FOR");
        if (width >= Wide) table.AddColumns("DHCP", "LOADED", "VIA");
        foreach (var column in table.Columns) column.NoWrap();
        table.AddColumn("NOTE");
        foreach (var client in clients) table.AddRow(Row(client, now, width));
        return table;
    }

    private static IEnumerable<IRenderable> Row(ClientSummary client, DateTimeOffset now, int width) =>
        [.. Where(client, now), .. width >= Wide ? How(client) : [], new Text(Note(client))];

    private static string Note(ClientSummary client) =>
        client.Failure is { } failure ? $"{failure.Step}: {client.Why ?? Quantity.Failure(failure)}" : client.New ? "new" : "";

    private static IEnumerable<IRenderable> Where(ClientSummary client, DateTimeOffset now) =>
    [
        new Text(client.Name),
        new Text(client.Mac),
        new Text(client.Address ?? "-"),
        new Text(client.Phase ?? "-", PhaseStyle.Of(client.Phase)),
        new Text(client.PhaseSince is { } since ? Quantity.Duration(now - since) : "-"),
    ];

    private static IEnumerable<IRenderable> How(ClientSummary client) =>
    [
        new Text(client.Exchanges.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new Text(client.Bytes == 0 ? "-" : Quantity.Bytes(client.Bytes)),
        new Text(string.Join(' ', new[] { client.Loader, client.Transport }.Where(word => !string.IsNullOrEmpty(word)))),
    ];
}

using NetBootFabric.AdminApi;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class ClientTable
{
    public static IRenderable Render(IReadOnlyList<ClientSummary> clients, DateTimeOffset now)
    {
        if (clients.Count == 0) return new Markup("No clients yet. They appear with their first DHCP packet.\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("NAME", "MAC", "ADDRESS", "PHASE", "FOR", "DHCP", "LOADED", "VIA", "NOTE");
        foreach (var client in clients.OrderBy(c => c.Name, StringComparer.Ordinal)) table.AddRow(Row(client, now));
        return table;
    }

    private static IEnumerable<IRenderable> Row(ClientSummary client, DateTimeOffset now) =>
    [
        new Text(client.Name),
        new Text(client.Mac),
        new Text(client.Address ?? "-"),
        new Text(client.Phase ?? "-", PhaseStyle.Of(client.Phase)),
        new Text(client.PhaseSince is { } since ? Quantity.Duration(now - since) : "-"),
        new Text(client.Exchanges.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new Text(client.Bytes == 0 ? "-" : Quantity.Bytes(client.Bytes)),
        new Text(string.Join(' ', new[] { client.Loader, client.Transport }.Where(word => !string.IsNullOrEmpty(word)))),
        new Text(client.Failure is { } failure ? Quantity.Failure(failure) : client.New ? "new" : ""),
    ];
}

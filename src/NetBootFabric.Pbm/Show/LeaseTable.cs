using NetBootFabric.AdminApi.Catalog;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class LeaseTable
{
    public static IRenderable Render(IReadOnlyList<LeaseRow> leases)
    {
        if (leases.Count == 0) return new Text("No address was given yet.\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("ADDRESS", "MAC", "NAME", "UNTIL", "NOTE");
        foreach (var column in table.Columns) column.NoWrap();
        foreach (var lease in leases) table.AddRow(new Text(lease.Address), new Text(lease.Mac), new Text(lease.Name ?? "-"), new Text(Quantity.Time(lease.ExpiresAt)), new Text(Note(lease)));
        return table;
    }

    private static string Note(LeaseRow lease) => (lease.Running, lease.Fixed) switch
    {
        (false, _) => "ended",
        (true, true) => "fixed",
        _ => "",
    };
}

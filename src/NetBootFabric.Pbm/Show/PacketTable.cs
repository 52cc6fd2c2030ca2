using System.Globalization;
using NetBootFabric.AdminApi.Packets;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class PacketTable
{
    private static readonly Style Quiet = new(decoration: Decoration.Dim);

    public static IRenderable Render(PacketsView view, bool details)
    {
        if (view.Packets.Count == 0) return new Text($"{Title(view)}: nothing is remembered{(view.Boot == PacketsRoutes.Current && view.FailedBoot is not null ? "; --boot failed shows the last boot that failed" : "")}.\n");
        var several = view.Packets.DistinctBy(packet => packet.Node).Count() > 1;
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns(new TableColumn("").NoWrap(), new TableColumn("").NoWrap(), new TableColumn("").NoWrap());
        if (several) table.AddColumn(new TableColumn("").NoWrap());
        table.AddColumn("");
        foreach (var packet in view.Packets) table.AddRow(Row(packet, several, details));
        return new Rows(new Text($"{Title(view)}:"), table);
    }

    private static string Title(PacketsView view)
    {
        var boot = view.Boot == PacketsRoutes.Failed
            ? view.FailedBoot is { } number ? string.Create(CultureInfo.InvariantCulture, $"boot {number}, which failed") : "no boot that failed"
            : "its last packets";
        return view.Name == view.Mac ? $"{view.Mac}, {boot}" : $"{view.Name} ({view.Mac}), {boot}";
    }

    private static IEnumerable<IRenderable> Row(PacketView packet, bool several, bool details)
    {
        var style = packet.Kind == "note" ? Quiet : Style.Plain;
        yield return new Text(packet.At.ToLocalTime().ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        yield return new Text(packet.Kind switch { "sent" => "->", "received" => "<-", _ => "  " });
        yield return new Text(packet.Protocol);
        if (several) yield return new Text(packet.Node, Quiet);
        yield return new Text(Line(packet, details), style);
    }

    private static string Line(PacketView packet, bool details)
    {
        var again = packet.Again ? " (again)" : "";
        // ARP says its addresses itself.
        var ends = packet.From is null || packet.Protocol == "arp" ? "" : $"{packet.From} > {packet.To}  ";
        var line = $"{ends}{packet.Text}{again}";
        return details && packet.Details.Count > 0 ? $"{line}\n{string.Join('\n', packet.Details.Select(each => $"  {each}"))}" : line;
    }
}

using System.Globalization;
using System.Net;
using System.Text;

namespace NetBootFabric.Storm.Lab;

/// <summary>The lab's results as one page that needs nothing else: diagrams for each way and number of clients, and the tables.</summary>
internal static class LabPage
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 84em; margin: 2em auto; padding: 0 1em; color: #222; } svg { width: 32%; min-width: 300px; } svg text { font: 11px system-ui, sans-serif; } svg .title { font-weight: bold; }
        table { border-collapse: collapse; margin: 1em 0; } td, th { padding: .2em .8em; text-align: left; border-bottom: 1px solid #ddd; } .key { display: inline-block; width: .9em; height: .9em; margin: 0 .3em 0 1em; }
        """;

    private static readonly string[] Colours = ["#2ca02c", "#1f77b4", "#ff7f0e", "#9467bd", "#8c564b", "#17becf", "#d62728", "#e377c2", "#bcbd22", "#7f7f7f", "#393b79", "#637939", "#843c39", "#7b4173", "#3182bd", "#e6550d", "#31a354", "#756bb1"];

    public static string Write(LabResults results, IReadOnlyList<LabTable> tables)
    {
        var steps = results.All.SelectMany(cell => cell.Failures.Keys).Distinct().Order(StringComparer.Ordinal).ToArray();
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>storm-lab</title>\n");
        page.Append($"<style>\n{Style}\n</style></head><body>\n<h1>Storm lab</h1>\n<p>Over the rate of the servers' uplink, in Mbit/s.");
        Keys(page, results.Servers);
        page.Append("</p>\n<p>Failures: bars stand for the servers in this order.");
        Keys(page, steps.Select(LabCell.StepText));
        page.Append("</p>\n");
        foreach (var way in results.Ways)
            foreach (var clients in results.Numbers)
                Charts(page, results, steps, way, clients);
        foreach (var table in tables) Table(page, table);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Keys(StringBuilder page, IEnumerable<string> names)
    {
        foreach (var (index, name) in names.Index()) page.Append($"<span class=\"key\" style=\"background:{Colour(index)}\"></span>{WebUtility.HtmlEncode(name)}");
    }

    private static void Charts(StringBuilder page, LabResults results, string[] steps, string way, int clients)
    {
        var rates = results.Rates.Where(rate => results.Has(way, clients, rate)).ToArray();
        if (rates.Length == 0) return;
        var cells = rates.SelectMany(rate => results.Servers.Select(server => results[server, way, clients, rate])).OfType<LabCell>().ToArray();
        page.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(way)}, {clients} clients</h2>\n");
        var booted = new LabChart("booted", rates, 100, " %");
        var last = new LabChart("last one up after", rates, cells.Max(cell => cell.LastBooted), " s");
        var failed = new LabChart("failed, by step", rates, cells.Max(cell => 100 - cell.Share), " %");
        foreach (var (index, server) in results.Servers.Index())
        {
            booted.Line([.. rates.Select(rate => results[server, way, clients, rate]?.Share)], Colour(index));
            last.Line([.. rates.Select(rate => results[server, way, clients, rate] is { Booted: > 0 } cell ? cell.LastBooted : (double?)null)], Colour(index));
            foreach (var (at, rate) in rates.Index())
                if (results[server, way, clients, rate] is { } cell) failed.Bar(at, index, results.Servers.Count, Parts(cell, steps));
        }
        page.Append(booted).Append(last).Append(failed);
    }

    private static IEnumerable<(double, string, string)> Parts(LabCell cell, string[] steps) =>
        steps.Index().Where(step => cell.Failures.ContainsKey(step.Item)).Select(step =>
            (100.0 * cell.Failures[step.Item] / cell.Clients, Colour(step.Index), string.Create(CultureInfo.InvariantCulture, $"{cell.Server}: {cell.Failures[step.Item]} {LabCell.StepText(step.Item)}")));

    private static void Table(StringBuilder page, LabTable table)
    {
        page.Append($"<h2>{WebUtility.HtmlEncode(table.Title)}</h2>\n<table><tr>");
        foreach (var column in table.Columns) page.Append($"<th>{WebUtility.HtmlEncode(column)}</th>");
        page.Append("</tr>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            foreach (var cell in row) page.Append($"<td>{WebUtility.HtmlEncode(cell.Replace("**", "", StringComparison.Ordinal))}</td>");
            page.Append("</tr>\n");
        }
        page.Append("</table>\n");
    }

    private static string Colour(int index) => Colours[index % Colours.Length];
}

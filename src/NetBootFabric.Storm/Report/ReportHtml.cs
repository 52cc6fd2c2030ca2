using System.Globalization;
using System.Net;
using System.Text;

namespace NetBootFabric.Storm.Report;

/// <summary>The report as one page that needs nothing else: tables and inline SVG, no script.</summary>
internal static class ReportHtml
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; }
        table { border-collapse: collapse; margin: 1em 0; } td, th { padding: .2em .8em; text-align: right; border-bottom: 1px solid #ddd; }
        td:first-child, th:first-child, td.text { text-align: left; } .bad { color: #b00; } .good { color: #070; } svg text { font: 12px system-ui, sans-serif; }
        """;

    public static string Write(StormReport report)
    {
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>netboot-storm</title>\n");
        page.Append($"<style>\n{Style}\n</style></head><body>\n<h1>{report.Clients} clients, {Text(report.Kinds)}</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"{(report.Failed == 0 ? "good" : "bad")}\"><b>{report.Booted} booted, {report.Failed} failed.</b> The last one booted after {report.LastBooted:0.00} s.</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>Switched on: {Text(report.Arrivals)}. Interface {Text(report.Interface)}, seed {report.Seed}.</p>\n");
        page.Append("<h2>Clients over time</h2>\n").Append(SvgPlot.Draw(report.Curves, report.Seconds, report.Clients));
        Phases(page, report);
        Failures(page, report);
        Counters(page, report);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Phases(StringBuilder page, StormReport report)
    {
        page.Append("<h2>Seconds from power-on</h2>\n<table><tr><th>to</th><th>clients</th><th>fastest</th><th>median</th><th>90 %</th><th>99 %</th><th>slowest</th></tr>\n");
        foreach (var (phase, times) in report.Phases)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(phase)}</td><td>{times.Count}</td><td>{times.Fastest:0.000}</td><td>{times.Median:0.000}</td><td>{times.P90:0.000}</td><td>{times.P99:0.000}</td><td>{times.Slowest:0.000}</td></tr>\n");
        page.Append("</table>\n");
    }

    private static void Failures(StringBuilder page, StormReport report)
    {
        foreach (var twice in report.DuplicateAddresses)
            page.Append($"<p class=\"bad\"><b>Address given twice: {Text(twice.Address)} to {Text(twice.First)} and to {Text(twice.Second)}</b></p>\n");
        if (report.Failures.Count == 0) return;
        page.Append("<h2>Failures by step</h2>\n<table><tr><th>step</th><th>clients</th><th>for example</th></tr>\n");
        foreach (var failure in report.Failures)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(failure.Text)}</td><td class=\"bad\">{failure.Clients}</td><td class=\"text\">{string.Join("<br>", failure.Examples.Select(Text))}</td></tr>\n");
        page.Append("</table>\n");
    }

    private static void Counters(StringBuilder page, StormReport report)
    {
        page.Append("<h2>Counted</h2>\n<table><tr><th>what</th><th>number</th></tr>\n");
        foreach (var (exchanges, clients) in report.ExchangesPerClient)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>clients with {exchanges} DHCP exchanges</td><td>{clients}</td></tr>\n");
        foreach (var (name, value) in report.Counters)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(name)}</td><td>{value}</td></tr>\n");
        page.Append("</table>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}

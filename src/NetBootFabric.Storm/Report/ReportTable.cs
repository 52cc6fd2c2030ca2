using System.Globalization;
using Spectre.Console;

namespace NetBootFabric.Storm.Report;

/// <summary>The report for the terminal.</summary>
internal static class ReportTable
{
    public static void Write(IAnsiConsole console, StormReport report)
    {
        console.Write(Phases(report));
        if (report.Failures.Count > 0) console.Write(Failures(report));
        console.Write(Counters(report));
        foreach (var twice in report.DuplicateAddresses.Take(10))
            console.MarkupLineInterpolated($"[bold red]ADDRESS GIVEN TWICE: {twice.Address} to {twice.First} and to {twice.Second}[/]");
        var exchanges = string.Join(", ", report.ExchangesPerClient.Select(one => Text($"{one.Value} clients with {one.Key}")));
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"DHCP exchanges: {exchanges}");
        var retries = string.Join(", ", report.DhcpRetriesPerClient.Select(one => Text($"{one.Value} clients with {one.Key}")));
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"DHCP retries: {retries}");
        if (report.RestartsPerClient.Any(one => one.Key > 0))
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"began anew: {string.Join(", ", report.RestartsPerClient.Where(one => one.Key > 0).Select(one => Text($"{one.Value} clients {one.Key} times")))}");
        var colour = report.Failed == 0 ? "green" : "red";
        console.Markup($"[bold {colour}]{Text($"{report.Booted} of {report.Clients} booted, {report.Failed} failed; the last after {report.LastBooted:0.00} s")}[/]\n");
    }

    private static Table Phases(StormReport report)
    {
        var table = New($"{report.Clients} clients, {report.Kinds}, {report.Arrivals}, seed {report.Seed}, on {report.Interface}", "seconds to", "clients", "fastest", "median", "90 %", "99 %", "slowest");
        foreach (var (phase, times) in report.Phases)
            table.AddRow(phase, Text($"{times.Count}"), Seconds(times.Fastest), Seconds(times.Median), Seconds(times.P90), Seconds(times.P99), Seconds(times.Slowest));
        return table;
    }

    private static Table Failures(StormReport report)
    {
        var table = New("failed", "step", "clients", "for example");
        foreach (var failure in report.Failures)
            table.AddRow(Markup.Escape(failure.Text), Text($"{failure.Clients}"), Markup.Escape(string.Join('\n', failure.Examples)));
        return table;
    }

    private static Table Counters(StormReport report)
    {
        var table = New("counted", "what", "number");
        foreach (var (name, value) in report.Counters.Where(counter => counter.Value != 0)) table.AddRow(name, Text($"{value}"));
        return table;
    }

    private static Table New(string title, params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        foreach (var column in columns) table.AddColumn(new TableColumn(column));
        return table;
    }

    private static string Seconds(double seconds) => Text($"{seconds:0.000}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

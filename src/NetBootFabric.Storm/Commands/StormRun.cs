using NetBootFabric.Sockets;
using NetBootFabric.Storm.Report;
using NetBootFabric.Storm.Room;
using Spectre.Console;

namespace NetBootFabric.Storm.Commands;

/// <summary>One storm from the settings to the report.</summary>
internal static class StormRun
{
    /// <returns>0 when every client booted, else 1.</returns>
    /// <exception cref="SocketSetupException">The interface can't be used.</exception>
    public static int Run(StormSettings settings, CancellationToken enough)
    {
        var link = InterfaceTable.Get(settings.Interface);
        using var loop = new StormLoop(link, settings.Plan, TimeProvider.System);
        var progress = new ProgressLine(loop);
        using (progress.Start()) loop.Run(settings.Limit, enough);
        var report = StormReport.Of(loop.Room, loop.Elapsed, link.Name, loop.Sink.Refused, loop.Dropped);
        if (settings.Json is { } json) File.WriteAllText(json.FullName, ReportJson.Write(report));
        if (settings.Html is { } html) File.WriteAllText(html.FullName, ReportHtml.Write(report));
        Show(report);
        return report.Booted == report.Clients ? 0 : 1;
    }

    private static void Show(StormReport report)
    {
        PlainTerminal.WhenRedirected();
        ReportTable.Write(AnsiConsole.Console, report);
    }
}

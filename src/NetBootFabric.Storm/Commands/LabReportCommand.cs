using System.CommandLine;
using NetBootFabric.Storm.Lab;
using Spectre.Console;

namespace NetBootFabric.Storm.Commands;

/// <summary>The storm lab's table and page, from its results.</summary>
internal static class LabReportCommand
{
    public static Command Build()
    {
        var results = new Argument<FileInfo>("results") { Description = "What scripts/storm-lab wrote: one line of JSON for each cell" };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "Write the tables to this file, as Markdown" };
        var html = new Option<FileInfo?>("--html") { Description = "Write tables and plots to this file, for a browser" };
        var command = new Command("lab-report", "Shows the results of scripts/storm-lab.") { results, markdown, html };
        command.SetAction(parsed => Run(parsed.GetValue(results)!, parsed.GetValue(markdown), parsed.GetValue(html)));
        return command;
    }

    private static int Run(FileInfo file, FileInfo? markdown, FileInfo? html)
    {
        if (!file.Exists)
        {
            Console.Error.WriteLine($"netboot-storm: there is no file {file.FullName}");
            return StormCommand.NotStarted;
        }
        var results = LabResults.Read(File.ReadLines(file.FullName));
        var tables = LabTables.Of(results).ToArray();
        if (markdown is not null) File.WriteAllText(markdown.FullName, LabMarkdown.Write(tables));
        if (html is not null) File.WriteAllText(html.FullName, LabPage.Write(results, tables));
        PlainTerminal.WhenRedirected();
        foreach (var table in tables) Show(table);
        return 0;
    }

    private static void Show(LabTable table)
    {
        var shown = new Table().Border(TableBorder.Simple).Title(Markup.Escape(table.Title));
        foreach (var column in table.Columns) shown.AddColumn(Markup.Escape(column));
        foreach (var row in table.Rows) shown.AddRow([.. row.Select(cell => Markup.Escape(cell.Replace("**", "", StringComparison.Ordinal)))]);
        AnsiConsole.Write(shown);
    }
}

using System.Globalization;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Import;
using NetBootFabric.Pbm.Commands;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class ImportTable
{
    /// <summary>Rows that somebody reads; --json has all.</summary>
    private const int MostRows = 60;

    /// <summary>Lines named in one row.</summary>
    private const int MostPlaces = 4;

    public static IRenderable Render(ImportView view, ImportText text)
    {
        var parts = new List<IRenderable>();
        if (view.Result is { Changes.Count: > 0 } result) parts.Add(Changes(result));
        var broken = view.Notes.Where(note => note.Broken).ToList();
        var left = view.Notes.Where(note => !note.Broken).ToList();
        if (left.Count > 0) parts.Add(Notes("NOT CARRIED OVER", left, text));
        if (broken.Count > 0) parts.Add(Notes("BROKEN", broken, text));
        if (view.NotesLeftOut > 0) parts.Add(new Text($"… and {view.NotesLeftOut} more lines\n"));
        parts.AddRange(view.Result?.Warnings.Select(warning => new Text($"! {warning}\n", new Style(Color.Yellow))) ?? []);
        parts.Add(new Text(Sentence(view) + "\n"));
        return new Rows(parts);
    }

    private static Table Changes(ApplyResult result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "ENTRY", "WHAT");
        foreach (var change in result.Changes.Take(MostRows)) table.AddRow(new Text(change.Change), new Text($"{change.Kind} {change.Name ?? change.Key}"), new Text(string.Join(", ", change.Fields.Select(Field))));
        if (result.Changed > MostRows) table.AddRow("…", $"{result.Changed - MostRows} more", "");
        return table;
    }

    private static string Field(FieldDifference field) => field.Before is null ? $"{field.Field} {field.After}" : $"{field.Field} {field.Before} → {field.After ?? "nothing"}";

    /// <summary>What has the same reason stands in one row.</summary>
    private static Table Notes(string title, IReadOnlyList<ImportNote> notes, ImportText text)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("LINE", title, "WHY");
        var rows = notes.GroupBy(note => note.Why).ToList();
        foreach (var same in rows.Take(MostRows))
        {
            var what = same.Select(note => note.What).Distinct().ToList();
            table.AddRow(new Text(Some(same.Select(note => text.Place(note.Line)).Distinct().ToList(), ", ")), new Text(Some(what, "\n")), new Text(same.Key));
        }
        if (rows.Count > MostRows) table.AddRow("…", $"{rows.Count - MostRows} more reasons: --json has them all", "");
        return table;
    }

    private static string Some(IReadOnlyList<string> words, string between) =>
        words.Count <= MostPlaces ? string.Join(between, words) : $"{string.Join(between, words.Take(MostPlaces))}{between}and {(words.Count - MostPlaces).ToString(CultureInfo.InvariantCulture)} more";

    private static string Sentence(ImportView view)
    {
        var found = $"{view.Format}: {view.Nodes} nodes and {view.Groups} groups can be carried over; {view.Result?.Changed ?? 0} entries {(view.Applied ? "changed" : "would change")}, {view.Result?.Unchanged ?? 0} are as they were.";
        if (view.Applied) return view.Broken == 0 ? found : $"{found} {view.Broken} broken lines were left out.";
        if (view.Broken > 0) return $"{found} {view.Broken} lines are broken{(view.DryRun ? "" : ", so nothing was changed")}: mend them, or leave them out with --keep-going.";
        return $"{found} Nothing was changed: this was a dry run.";
    }
}

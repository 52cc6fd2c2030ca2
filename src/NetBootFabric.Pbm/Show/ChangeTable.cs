using NetBootFabric.AdminApi.Catalog;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

/// <summary>What a change did, or would do.</summary>
internal static class ChangeTable
{
    /// <summary>Nobody reads more, and --json has them.</summary>
    private const int MostShown = 20;

    public static IRenderable Render(ApplyResult result)
    {
        var parts = new List<IRenderable>();
        foreach (var change in result.Changes.Take(MostShown)) parts.AddRange(Lines(change));
        if (result.Changed > Math.Min(MostShown, result.Changes.Count)) parts.Add(new Text($"… and {result.Changed - Math.Min(MostShown, result.Changes.Count)} more"));
        parts.AddRange(result.Warnings.Select(warning => new Text($"! {warning}", new Style(Color.Yellow))));
        parts.Add(new Text(Summary(result)));
        return new Rows(parts);
    }

    private static IEnumerable<IRenderable> Lines(CatalogDifference change)
    {
        var (sign, colour) = change.Change switch { "added" => ('+', Color.Green), "removed" => ('-', Color.Red), _ => ('~', Color.Yellow) };
        yield return new Text($"{sign} {change.Kind} {(change.Name is null ? change.Key : $"{change.Name} ({change.Key})")}", new Style(colour));
        if (change.Change == "removed") yield break;
        foreach (var field in change.Fields) yield return new Text($"    {field.Field}: {Field(change, field)}");
        if (change is { Change: "changed", Fields.Count: 0 }) yield return new Text("    armed again");
    }

    private static string Field(CatalogDifference change, FieldDifference field) =>
        change.Change == "added" ? Short(field.After) : $"{Short(field.Before)} → {Short(field.After)}";

    /// <summary>A template is no line of a table.</summary>
    private static string Short(string? text) => text is null ? "-"
        : text.Contains('\n', StringComparison.Ordinal) ? $"{text.Count(c => c == '\n')} lines"
        : text.Length > 100 ? $"{text[..100]}…" : text;

    private static string Summary(ApplyResult result) => (result.Changed, result.DryRun) switch
    {
        (0, _) => $"Nothing to change: {Entries(result.Unchanged)} as before; revision {result.Revision}.",
        (_, true) => $"{Entries(result.Changed)} would change, {result.Unchanged} would not. Nothing was changed.",
        _ => $"{Entries(result.Changed)} changed, {result.Unchanged} as before; revision {result.Revision}.",
    };

    private static string Entries(int count) => count == 1 ? "1 entry" : $"{count} entries";
}

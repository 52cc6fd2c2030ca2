using System.Globalization;
using NetBootFabric.AdminApi.Doctor;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class DoctorTable
{
    public static IRenderable Render(DoctorView view)
    {
        var parts = new List<IRenderable>();
        foreach (var head in view.Heads)
        {
            if (view.Heads.Count > 1) parts.Add(new Text(head.Running ? $"{head.Node}: still looking; ask again" : $"{head.Node}:"));
            parts.Add(Table(head));
        }
        parts.Add(new Text(Sum(view)));
        return new Rows(parts);
    }

    private static Table Table(HeadDoctor head)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns(new TableColumn("").NoWrap(), new TableColumn("").NoWrap(), new TableColumn(""));
        foreach (var finding in head.Findings.OrderBy(Rank))
        {
            var text = finding.Remedy is { } remedy ? $"{finding.Seen}\n-> {remedy}" : finding.Seen;
            table.AddRow(new Text(finding.State, Colour(finding.State)), new Text(finding.Check), new Text(text));
        }
        return table;
    }

    private static string Sum(DoctorView view)
    {
        var found = view.Heads.SelectMany(head => head.Findings).CountBy(finding => finding.State).ToDictionary();
        return string.Create(CultureInfo.InvariantCulture, $"{found.GetValueOrDefault(DoctorRoutes.Broken)} broken, {found.GetValueOrDefault(DoctorRoutes.Advice)} advice, {found.GetValueOrDefault(DoctorRoutes.Ok)} ok");
    }

    private static int Rank(FindingView finding) => finding.State switch { DoctorRoutes.Broken => 0, DoctorRoutes.Advice => 1, _ => 2 };

    private static Style Colour(string state) => new(state switch { DoctorRoutes.Broken => Color.Red, DoctorRoutes.Advice => Color.Yellow, _ => Color.Green });
}

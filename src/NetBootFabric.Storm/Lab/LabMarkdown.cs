using System.Text;

namespace NetBootFabric.Storm.Lab;

/// <summary>Tables as Markdown.</summary>
internal static class LabMarkdown
{
    public static string Write(IEnumerable<LabTable> tables)
    {
        var text = new StringBuilder();
        foreach (var table in tables)
        {
            text.Append($"**{table.Title}**\n\n");
            Row(text, table.Columns);
            Row(text, table.Columns.Select(_ => "---"));
            foreach (var row in table.Rows) Row(text, row);
            text.Append('\n');
        }
        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}

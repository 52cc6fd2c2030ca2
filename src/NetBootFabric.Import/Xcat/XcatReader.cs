using NetBootFabric.Import.Csv;

namespace NetBootFabric.Import.Xcat;

/// <summary>
/// What xCAT's tabdump prints of its tables mac, hosts and nodelist, one or several of them together. Each begins with its headings, the
/// first of which is <c>#node</c>; what they say of a node is put together by its name.
/// </summary>
internal sealed class XcatReader(Draft draft)
{
    private readonly Dictionary<string, XcatNode> _nodes = new(StringComparer.Ordinal);
    private List<string> _columns = [];

    /// <summary>Whether a line begins one of the tables.</summary>
    public static bool IsHeadings(string line) =>
        line.StartsWith("#node,", StringComparison.Ordinal) && line.TrimEnd().Split(',') is { Length: > 2 } columns
            && columns[^1] == "disable";

    public void Read(string text)
    {
        foreach (var row in new CsvTable(text, draft).Rows()) Row(row);
        if (_columns.Count == 0) draft.Broken(0, "the text", "has no line of headings; they begin with #node, as tabdump prints them");
        foreach (var node in _nodes.Values) node.Carry(draft);
    }

    private void Row(CsvRow row)
    {
        if (row.Cells[0] == "#node") Headings(row);
        else if (row.Cells[0].StartsWith('#')) return; // a remark
        else if (_columns.Count == 0) draft.Broken(row.Line, row.Cells[0],
            "stands before any headings; they begin with #node, as tabdump prints them");
        else if (Cell(row, "node") is not { } name) draft.Broken(row.Line, string.Join(", ", row.Cells), "has no node");
        else if (Cell(row, "disable") is { } disabled && disabled != "0" && !disabled.Equals("no", StringComparison.OrdinalIgnoreCase))
            draft.NotCarried(row.Line, name, "is disabled there (disable)");
        else Entry(row, name);
    }

    private void Headings(CsvRow row)
    {
        _columns = [.. row.Cells.Select(cell => cell.TrimStart('#'))];
        if (!_columns.Exists(column => column is "mac" or "ip" or "groups"))
            draft.NotCarried(row.Line, string.Join(',', row.Cells),
                "are the headings of a table that says nothing of a node here; mac, hosts and nodelist are read");
    }

    private void Entry(CsvRow row, string name)
    {
        if (Cell(row, "ip") is { } pattern && pattern.StartsWith('|'))
        {
            draft.NotCarried(row.Line, $"{name}: {pattern}",
                "is an expression that xCAT makes addresses of for a group of nodes; write each node's");
            return;
        }
        var mac = Cell(row, "mac");
        var (ip, groups) = (_columns.Contains("hostnames") ? Cell(row, "ip") : null, Cell(row, "groups"));
        if (mac is null && ip is null && groups is null) return;
        if (!_nodes.TryGetValue(name, out var node)) _nodes[name] = node = new XcatNode(name);
        if (mac is not null) node.SayMac(row.Line, mac, Cell(row, "interface"), draft);
        if (ip is not null) node.SayAddress(row.Line, ip, draft);
        if (groups is not null) node.SayGroups(row.Line, groups);
    }

    private string? Cell(CsvRow row, string column) =>
        _columns.IndexOf(column) is >= 0 and var at && at < row.Cells.Count && row.Cells[at].Length > 0 ? row.Cells[at] : null;
}

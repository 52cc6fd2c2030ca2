using System.Text;

namespace NetBootFabric.Import.Csv;

/// <param name="Line">Where it begins: a quoted cell may span lines.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells);

/// <summary>Rows and cells of RFC 4180, with whatever spreadsheets write between them: a comma, a semicolon or a tab.</summary>
internal sealed class CsvTable(string text, Draft draft)
{
    private const int CellLimit = 64 << 10;

    private readonly StringBuilder _cell = new();
    private int _at;
    private int _line = 1;
    private char _delimiter = ',';

    /// <summary>The rows that are not empty. The delimiter is the one that is most often in the first line, or that Excel's <c>sep=</c> names.</summary>
    public IEnumerable<CsvRow> Rows()
    {
        _delimiter = Delimiter();
        while (_at < text.Length)
        {
            var line = _line;
            var cells = Row();
            if (cells.Any(cell => cell.Length > 0)) yield return new CsvRow(line, cells);
        }
    }

    private char Delimiter()
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = (end < 0 ? text : text[..end]).TrimEnd('\r');
        if (!first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || first.Length != 5) return new[] { ',', ';', '\t' }.MaxBy(c => first.Count(each => each == c));
        (_at, _line) = (end < 0 ? text.Length : end + 1, 2);
        return first[4];
    }

    private List<string> Row()
    {
        var cells = new List<string>();
        while (true)
        {
            cells.Add(Cell());
            if (_at >= text.Length) return cells;
            var c = text[_at++];
            if (c == _delimiter) continue;
            _line++;
            return cells;
        }
    }

    /// <summary>Up to a delimiter or the end of the line, which are left there.</summary>
    private string Cell()
    {
        _cell.Clear();
        var start = _line;
        while (_at < text.Length && text[_at] != _delimiter && text[_at] != '\n')
        {
            if (text[_at] == '"' && string.IsNullOrWhiteSpace(_cell.ToString(0, Math.Min(_cell.Length, 8)))) Quoted(start);
            else _cell.Append(text[_at++]);
        }
        if (_cell.Length > CellLimit) draft.Broken(start, "a cell", $"has more than {CellLimit >> 10} KiB; is there a quote missing?");
        return _cell.ToString().Trim();
    }

    /// <summary>Two quotes stand for one.</summary>
    private void Quoted(int start)
    {
        _cell.Clear();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\n') _line++;
            if (text[_at] == '"' && !(_at + 1 < text.Length && text[_at + 1] == '"')) break;
            if (text[_at] == '"') _at++;
            _cell.Append(text[_at]);
        }
        if (_at < text.Length) _at++;
        else draft.Broken(start, "a quoted cell", "has no closing quote");
    }
}

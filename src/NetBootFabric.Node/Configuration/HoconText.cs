namespace NetBootFabric.Node.Configuration;

/// <summary>
/// Finds what HOCON's parser in Akka.NET reads over: a brace, a bracket or a quote without its other half. What follows one would be dropped without a word, or land in the wrong object.
/// </summary>
internal sealed class HoconText
{
    private readonly string _text;
    private readonly Stack<(char Opened, int Line)> _open = new();
    private int _at;
    private int _line = 1;

    private HoconText(string text) => _text = text;

    /// <returns>The first mistake, with its line; null: none.</returns>
    public static string? MistakeIn(string text) => new HoconText(text).Scan();

    private string? Scan()
    {
        while (_at < _text.Length)
            if (Step() is { } mistake) return mistake;
        return _open.TryPeek(out var left) ? $"line {left.Line}: '{left.Opened}' is not closed" : null;
    }

    private string? Step()
    {
        var next = _text[_at++];
        switch (next)
        {
            case '\n':
                _line++;
                return null;
            case '#':
            case '/' when Follows("/"):
                SkipTo('\n');
                return null;
            case '"':
                return SkipQuoted();
            case '{' or '[':
                _open.Push((next, _line));
                return null;
            case '}' or ']':
                return Close(next);
            default:
                return null;
        }
    }

    private string? Close(char closing) => _open.TryPop(out var opened) && opened.Opened == (closing == '}' ? '{' : '[') ? null : $"line {_line}: '{closing}' closes nothing";

    private string? SkipQuoted()
    {
        var began = _line;
        if (Follows("\"\""))
        {
            var end = _text.IndexOf("\"\"\"", _at + 2, StringComparison.Ordinal);
            if (end < 0) return $"line {began}: the quote is not closed";
            _line += _text.AsSpan(_at, end - _at).Count('\n');
            _at = end + 3;
            return null;
        }
        for (; _at < _text.Length && _text[_at] != '\n'; _at++)
        {
            if (_text[_at] == '\\') _at++;
            else if (_text[_at] == '"')
            {
                _at++;
                return null;
            }
        }
        return $"line {began}: the quote is not closed";
    }

    private void SkipTo(char end)
    {
        var found = _text.IndexOf(end, _at);
        _at = found < 0 ? _text.Length : found;
    }

    private bool Follows(string what) => _text.AsSpan(_at).StartsWith(what, StringComparison.Ordinal);
}

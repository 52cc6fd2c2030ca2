namespace NetBootFabric.Import.Kea;

/// <summary>
/// Kea's additions to JSON, taken out with the lines and columns of the rest left where they are: comments that begin with <c>#</c>, <c>//</c> or <c>/*</c>, and
/// <c>&lt;?include "file"?&gt;</c>, which may stand for a value or for members of a map.
/// </summary>
internal sealed class KeaText(string text, Draft draft)
{
    private readonly char[] _text = text.ToCharArray();

    /// <summary>For each open brace or bracket, whether it is a brace.</summary>
    private readonly Stack<bool> _open = [];
    private char _before;
    private int _line = 1;

    public string Clean()
    {
        for (var i = 0; i < _text.Length;) i = Step(i);
        return new string(_text);
    }

    /// <summary>Where to go on.</summary>
    private int Step(int at)
    {
        var c = _text[at];
        if (c == '"') return String(at);
        if (c == '#' || Is(at, "//")) return Blank(at, End(at, "\n", 0));
        if (Is(at, "/*")) return Blank(at, End(at + 2, "*/", 2));
        if (Is(at, "<?include")) return Include(at, End(at, "?>", 2));
        if (c == '\n') _line++;
        if (c is '{' or '[') _open.Push(c == '{');
        if (c is '}' or ']') _open.TryPop(out _);
        if (!char.IsWhiteSpace(c)) _before = c;
        return at + 1;
    }

    private int String(int at)
    {
        for (at++; at < _text.Length && _text[at] is not ('"' or '\n'); at++)
        {
            if (_text[at] == '\\' && at + 1 < _text.Length && _text[at + 1] != '\n') at++;
        }
        _before = '"';
        return at < _text.Length && _text[at] == '"' ? at + 1 : at;
    }

    private int Include(int at, int end)
    {
        draft.NotCarried(_line, text[at..end], "names another file: import that too");
        var isMember = _open.TryPeek(out var isBrace) && isBrace && _before != ':';
        var stand = isMember ? "\"\":null" : "null";
        Blank(at, end);
        if (end - at >= stand.Length) stand.CopyTo(0, _text, at, stand.Length);
        _before = 'l';
        return end;
    }

    private int Blank(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_text[i] == '\n') _line++;
            else if (_text[i] != '\r') _text[i] = ' ';
        }
        return to;
    }

    private int End(int from, string mark, int length)
    {
        var end = from > text.Length ? -1 : text.IndexOf(mark, from, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + length;
    }

    private bool Is(int at, string mark) => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;
}

using System.Text;

namespace NetBootFabric.Import.Dhcpd;

/// <summary>Words, strings and punctuation of dhcpd.conf(5). What belongs to expressions (<c>=</c>, parentheses) is words here: no expression is carried over.</summary>
internal sealed class Tokenizer(string text, Draft draft)
{
    private int _at;
    private int _line = 1;

    public Token Next()
    {
        SkipBlanksAndComments();
        if (_at >= text.Length) return new Token(TokenKind.End, "", _line);
        return text[_at] switch
        {
            ';' => Punctuation(TokenKind.Semicolon),
            ',' => Punctuation(TokenKind.Comma),
            '{' => Punctuation(TokenKind.Open),
            '}' => Punctuation(TokenKind.Close),
            '"' => Quoted(),
            _ => Word(),
        };
    }

    private void SkipBlanksAndComments()
    {
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == '\n') _line++;
            else if (text[_at] == '#') _at = LineEnd() - 1;
            else if (!char.IsWhiteSpace(text[_at]) && text[_at] is not ('\ufeff' or '\0')) return;
        }
    }

    private int LineEnd()
    {
        var end = text.IndexOf('\n', _at);
        return end < 0 ? text.Length : end;
    }

    private Token Punctuation(TokenKind kind) => new(kind, text[_at++].ToString(), _line);

    private Token Quoted()
    {
        var (start, line) = (_at++, _line);
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] is not ('"' or '\n'))
        {
            if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] != '\n') _at++;
            value.Append(text[_at++]);
        }
        if (_at < text.Length && text[_at] == '"') _at++;
        else draft.Broken(line, text[start.._at], "has no closing quote in its line");
        return new Token(TokenKind.Text, value.ToString(), line);
    }

    private Token Word()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not (';' or ',' or '{' or '}' or '"' or '#')) _at++;
        return new Token(TokenKind.Word, text[start.._at], _line);
    }
}

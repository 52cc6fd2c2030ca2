namespace NetBootFabric.Import.Dhcpd;

/// <summary>Statements and their blocks. A statement or brace that is missing its end is broken; what follows is read on as well as it goes.</summary>
internal sealed class StatementParser
{
    /// <summary>Shared network, subnet, group in group, host: no real file comes near.</summary>
    private const int DepthLimit = 32;

    /// <summary>The longest that makes sense is an expression of a class; a file with a lost semicolon has all the rest in one.</summary>
    private const int WordLimit = 4096;

    private readonly Tokenizer _tokens;
    private readonly Draft _draft;
    private Token _now;

    private StatementParser(string text, Draft draft)
    {
        (_tokens, _draft) = (new Tokenizer(text, draft), draft);
        _now = _tokens.Next();
    }

    public static IReadOnlyList<Statement> Parse(string text, Draft draft)
    {
        var parser = new StatementParser(text, draft);
        var statements = new List<Statement>();
        while (true)
        {
            statements.AddRange(parser.Block(0));
            if (parser._now.Kind == TokenKind.End) return statements;
            draft.Broken(parser._now.Line, "}", "closes a block that was never opened");
            parser.Move();
        }
    }

    /// <summary>Up to the closing brace or the end of the text, which are left there.</summary>
    private List<Statement> Block(int depth)
    {
        var statements = new List<Statement>();
        while (_now.Kind is not (TokenKind.Close or TokenKind.End))
        {
            if (Next(depth) is { } statement) statements.Add(statement);
        }
        return statements;
    }

    private Statement? Next(int depth)
    {
        var head = new List<Token>();
        while (_now.Kind is TokenKind.Word or TokenKind.Text or TokenKind.Comma && head.Count < WordLimit)
        {
            head.Add(_now);
            Move();
        }
        if (_now.Kind == TokenKind.Open) return Braced(head, depth);
        var statement = new Statement(head, null) { IsBroken = _now.Kind != TokenKind.Semicolon };
        if (statement.IsBroken) _draft.Broken(statement.Line, statement.Shown, "has no semicolon at its end");
        else Move();
        return head.Count > 0 ? statement : null;
    }

    private Statement? Braced(List<Token> head, int depth)
    {
        var opened = _now.Line;
        Move();
        if (depth >= DepthLimit)
        {
            _draft.Broken(opened, "{", $"blocks are nested deeper than {DepthLimit}");
            SkipBlock();
            return null;
        }
        var body = Block(depth + 1);
        var isClosed = _now.Kind == TokenKind.Close;
        if (isClosed) Move();
        else _draft.Broken(opened, new Statement(head, null).Shown + " {", "its block is never closed");
        if (_now.Kind == TokenKind.Semicolon) Move(); // after a block there may be one
        return new Statement(head, body) { IsBroken = !isClosed };
    }

    private void SkipBlock()
    {
        for (var depth = 1; depth > 0 && _now.Kind != TokenKind.End; Move())
        {
            if (_now.Kind == TokenKind.Open) depth++;
            if (_now.Kind == TokenKind.Close) depth--;
        }
    }

    private void Move() => _now = _tokens.Next();
}

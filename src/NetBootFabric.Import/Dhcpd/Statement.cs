namespace NetBootFabric.Import.Dhcpd;

/// <summary>A statement that a semicolon ends, or one with a block.</summary>
/// <param name="Head">Its words before the semicolon or the block; commas are words of their own.</param>
/// <param name="Body">Null: it has no block.</param>
internal sealed record Statement(IReadOnlyList<Token> Head, IReadOnlyList<Statement>? Body)
{
    /// <summary>Its end is missing, and that was said.</summary>
    public bool IsBroken { get; init; }

    public int Line => Head.Count > 0 ? Head[0].Line : 0;

    /// <summary>The first word, which says what it is: keywords know no case.</summary>
    public string Keyword { get; } = Head.Count > 0 && Head[0].Kind == TokenKind.Word ? Head[0].Text.ToLowerInvariant() : "";

    public string Shown => string.Join(' ', Head.Take(12).Select(token => token.Kind == TokenKind.Text ? $"\"{token.Text}\"" : token.Text));

    /// <summary>This one, and all inside of it.</summary>
    public IEnumerable<Statement> Everything() => (Body ?? []).SelectMany(each => each.Everything()).Prepend(this);

    /// <summary>The word at a place of the head; empty when there is none.</summary>
    public string Word(int index) => index < Head.Count ? Head[index].Text : "";

    public bool Is(int index, string keyword) => string.Equals(Word(index), keyword, StringComparison.OrdinalIgnoreCase);
}

namespace NetBootFabric.Import.Dhcpd;

internal enum TokenKind
{
    Word,

    /// <summary>What stood between double quotes.</summary>
    Text,
    Semicolon,
    Comma,
    Open,
    Close,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Text, int Line);

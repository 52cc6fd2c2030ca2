namespace NetBootFabric.Node.Configuration;

/// <summary>Something wrong at a place in the file: what it is, and what to write instead. Lines and columns count from 1.</summary>
internal sealed record ConfigurationMistake(string File, int Line, int Column, string Text)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Text}";
}

/// <summary>What came of reading a file.</summary>
/// <param name="Options">Null when there is any mistake.</param>
/// <param name="Mistakes">In the order of the file.</param>
/// <param name="Warnings">Things that are allowed but look wrong: a kernel that is not there.</param>
internal sealed record ConfigurationResult(
    NodeOptions? Options, IReadOnlyList<ConfigurationMistake> Mistakes, IReadOnlyList<ConfigurationMistake> Warnings);

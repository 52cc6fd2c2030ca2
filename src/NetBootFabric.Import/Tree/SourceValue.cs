namespace NetBootFabric.Import.Tree;

/// <summary>A value of a JSON or YAML text, and the line it begins at.</summary>
internal abstract record SourceValue(int Line)
{
    /// <summary>The value of a key when this is a map that has it; the last one, when it is there twice.</summary>
    public SourceValue? this[string key] => (this as SourceMap)?.Entries.LastOrDefault(entry => entry.Key == key).Value;

    /// <summary>The text of a single value; null when it is none, or null itself.</summary>
    public string? Text => this is SourceScalar { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>The items of a list, and nothing of anything else.</summary>
    public IReadOnlyList<SourceValue> Items => this is SourceList list ? list.Values : [];

    public IReadOnlyList<SourceEntry> Entries => this is SourceMap map ? map.All : [];
}

internal sealed record SourceScalar(int Line, string Value, bool IsNull) : SourceValue(Line);

internal sealed record SourceList(int Line, IReadOnlyList<SourceValue> Values) : SourceValue(Line);

/// <param name="All">In the order of the text.</param>
internal sealed record SourceMap(int Line, IReadOnlyList<SourceEntry> All) : SourceValue(Line);

internal readonly record struct SourceEntry(string Key, SourceValue Value, int Line);

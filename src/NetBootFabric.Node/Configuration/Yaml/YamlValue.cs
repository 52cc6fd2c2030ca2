namespace NetBootFabric.Node.Configuration.Yaml;

/// <summary>Line and column, both from 1.</summary>
internal readonly record struct Position(int Line, int Column);

/// <summary>
/// A YAML document as a tree with positions. Ours and not YamlDotNet's own model, since that one stops at the first duplicate key and recurses without limit.
/// </summary>
internal abstract class YamlValue(Position at)
{
    public Position At => at;

    /// <summary>How a message names this kind.</summary>
    public abstract string Kind { get; }
}

internal sealed class YamlScalar(Position at, string text, bool isQuoted) : YamlValue(at)
{
    public string Text => text;

    /// <summary>Nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsEmpty => !isQuoted && text is "" or "~" or "null";

    public override string Kind => "a single value";
}

/// <summary>Something that was reported while reading: nothing more is said about it.</summary>
internal sealed class YamlUnreadable(Position at) : YamlValue(at)
{
    public override string Kind => "unreadable";
}

internal sealed class YamlList(Position at, IReadOnlyList<YamlValue> items) : YamlValue(at)
{
    public IReadOnlyList<YamlValue> Items => items;

    public override string Kind => "a list";
}

internal sealed class YamlMap(Position at, IReadOnlyList<(YamlScalar Key, YamlValue Value)> entries) : YamlValue(at)
{
    /// <summary>In the order of the file, duplicates included.</summary>
    public IReadOnlyList<(YamlScalar Key, YamlValue Value)> Entries => entries;

    public override string Kind => "a group of keys";
}

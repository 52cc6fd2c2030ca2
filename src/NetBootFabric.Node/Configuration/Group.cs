using NetBootFabric.Boot.Naming;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <summary>A group of keys of which we know which there may be. Unknown keys and duplicates are reported when it is made.</summary>
internal sealed class Group
{
    private readonly Dictionary<string, YamlValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Mistakes _mistakes;
    private readonly string _what;

    private Group(YamlMap map, string what, Mistakes mistakes, string[] known)
    {
        At = map.At;
        _what = what;
        _mistakes = mistakes;
        foreach (var (key, value) in map.Entries) Add(key, value, known);
    }

    public Position At { get; }

    /// <summary>The value of a key; null when it is absent, or empty, which is reported.</summary>
    public YamlValue? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Null when <paramref name="value"/> is no group of keys, which is reported.</summary>
    /// <param name="what">How messages name it: "a subnet".</param>
    public static Group? Of(YamlValue? value, string what, Mistakes mistakes, params string[] known)
    {
        if (value is YamlMap map) return new Group(map, what, mistakes, known);
        if (value is not null) mistakes.WrongKind(value, what, $"write a group of keys: {string.Join(", ", known)}");
        return null;
    }

    /// <summary>The value of a key that must be there.</summary>
    public YamlValue? Required(string key, string example)
    {
        if (!_seen.Contains(key)) _mistakes.Add(At, $"{_what} has no '{key}'", $"write {key}: {example}");
        return this[key];
    }

    private void Add(YamlScalar key, YamlValue value, string[] known)
    {
        if (!known.Contains(key.Text)) _mistakes.Add(key.At, $"'{key.Text}' is no key of {_what}", Remedy(key.Text, known));
        else if (!_seen.Add(key.Text)) _mistakes.Add(key.At, $"'{key.Text}' is here twice", "keep one of them");
        else if (value is YamlScalar { IsEmpty: true }) _mistakes.Add(key.At, $"'{key.Text}' has no value", "write one, or leave the key out");
        else _values.Add(key.Text, value);
    }

    private static string Remedy(string key, string[] known) =>
        Nearest.Of(key, known) is { } nearest ? $"write '{nearest}'" : $"write one of {string.Join(", ", known)}";
}

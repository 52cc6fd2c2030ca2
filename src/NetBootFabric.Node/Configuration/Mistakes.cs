using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <summary>Gathers what is wrong with one file, so that one run tells all of it.</summary>
internal sealed class Mistakes(string file)
{
    private readonly List<ConfigurationMistake> _mistakes = [];
    private readonly List<ConfigurationMistake> _warnings = [];

    /// <summary>Mistakes in the order of the text.</summary>
    public IReadOnlyList<string> Sentences => [.. Sorted(_mistakes).Select(mistake => mistake.ToString())];

    public bool Any => _mistakes.Count > 0;

    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to write or do instead.</param>
    public void Add(Position at, string problem, string remedy) => _mistakes.Add(new ConfigurationMistake(file, at.Line, at.Column, $"{problem}; {remedy}"));

    /// <summary>A list, a group or a single value stands where <paramref name="what"/> should be another of these.</summary>
    public void WrongKind(YamlValue value, string what, string remedy)
    {
        if (value is not YamlUnreadable) Add(value.At, $"{what} is {value.Kind} here", remedy);
    }

    public void Warn(Position at, string problem, string remedy) => _warnings.Add(new ConfigurationMistake(file, at.Line, at.Column, $"{problem}; {remedy}"));

    public ConfigurationResult Result(NodeOptions? options) => new(Any ? null : options, Sorted(_mistakes), Sorted(_warnings));

    private static IReadOnlyList<ConfigurationMistake> Sorted(List<ConfigurationMistake> mistakes) =>
        [.. mistakes.OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)];
}

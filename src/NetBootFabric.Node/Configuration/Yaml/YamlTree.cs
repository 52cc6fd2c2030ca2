using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetBootFabric.Node.Configuration.Yaml;

/// <summary>Reads one YAML document into a tree. What it can't read is a mistake; it never throws.</summary>
internal sealed class YamlTree
{
    /// <summary>The configuration itself needs five levels.</summary>
    private const int DepthLimit = 12;

    private readonly IParser _parser;
    private readonly Mistakes _mistakes;
    private Position _reached = new(1, 1);

    private YamlTree(string text, Mistakes mistakes)
    {
        _parser = new Parser(new StringReader(text));
        _mistakes = mistakes;
    }

    /// <summary>Null: empty or unreadable, and then there is a mistake.</summary>
    public static YamlValue? Read(string text, Mistakes mistakes)
    {
        if (RefusedCharacters.Report(text, mistakes)) return null;
        var tree = new YamlTree(text, mistakes);
        try
        {
            return tree.Document();
        }
        catch (YamlException error)
        {
            mistakes.Add(At(error.Start), $"this is not YAML: {Sentence(error.Message)}", "check the indentation, the colons and the quotes here and in the line above");
            return null;
        }
        catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser's own faults on text that is far from YAML: they carry no position.
            mistakes.Add(tree._reached, "from here on this is not YAML", "check the indentation, the colons, the brackets and the quotes");
            return null;
        }
    }

    private YamlValue? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _mistakes.Add(new Position(1, 1), "the file is empty", "start from the example configuration");
            return null;
        }
        var root = Value(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            _mistakes.Add(At(second.Start), "a second document starts here", "write everything in one document, without ---");
        return root;
    }

    private YamlValue Value(int depth)
    {
        var start = _parser.Current ?? throw new EndOfStreamException();
        _reached = At(start.Start);
        if (depth > DepthLimit) return TooDeep(start);
        if (_parser.TryConsume<Scalar>(out var scalar)) return Plain(scalar);
        if (_parser.TryConsume<SequenceStart>(out _)) return List(start, depth);
        if (_parser.TryConsume<MappingStart>(out _)) return Map(start, depth);
        _parser.MoveNext();
        _mistakes.Add(At(start.Start), "aliases (*name) are not supported", "write the value itself");
        return new YamlUnreadable(At(start.Start));
    }

    private static YamlScalar Plain(Scalar scalar) => new(At(scalar.Start), scalar.Value, scalar.Style is not ScalarStyle.Plain);

    private YamlUnreadable TooDeep(ParsingEvent start)
    {
        _mistakes.Add(At(start.Start), "this is nested too deeply", "start from the example configuration");
        _parser.SkipThisAndNestedEvents();
        return new YamlUnreadable(At(start.Start));
    }

    private YamlList List(ParsingEvent start, int depth)
    {
        var items = new List<YamlValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Value(depth + 1));
        return new YamlList(At(start.Start), items);
    }

    private YamlMap Map(ParsingEvent start, int depth)
    {
        var entries = new List<(YamlScalar, YamlValue)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Value(depth + 1);
            var value = Value(depth + 1);
            if (key is YamlScalar name) entries.Add((name, value));
            else _mistakes.WrongKind(key, "a key", "write key: value");
        }
        return new YamlMap(At(start.Start), entries);
    }

    private static Position At(in Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    /// <summary>The message without the position that YamlDotNet may put before it, and without its full stop.</summary>
    private static string Sentence(string message)
    {
        var position = message.StartsWith("(Line:", StringComparison.Ordinal) ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        var text = position < 0 ? message : message[(position + 3)..];
        return text.ReplaceLineEndings(" ").TrimEnd('.');
    }
}

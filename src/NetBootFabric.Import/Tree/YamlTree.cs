using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetBootFabric.Import.Tree;

/// <summary>Reads the first document of a YAML text into a tree that knows its lines. Aliases are refused: expanded, a few lines of them fill any memory.</summary>
internal sealed class YamlTree
{
    private const int DepthLimit = 32;

    private readonly IParser _parser;
    private readonly Draft _draft;

    private YamlTree(string text, Draft draft) => (_parser, _draft) = (new Parser(new StringReader(text)), draft);

    /// <summary>Null: it is no YAML, and there is a note.</summary>
    public static SourceValue? Read(string text, Draft draft)
    {
        SourceValue? root = null;
        Shielded(text, draft, tree => root = tree.Document());
        return root;
    }

    /// <summary>All of its documents, up to what is no YAML, of which there is a note.</summary>
    public static IReadOnlyList<SourceValue> ReadAll(string text, Draft draft)
    {
        var roots = new List<SourceValue>();
        Shielded(text, draft, tree => tree.Documents(roots));
        return roots;
    }

    private static void Shielded(string text, Draft draft, Action<YamlTree> read)
    {
        try
        {
            read(new YamlTree(text, draft));
        }
        catch (YamlException error)
        {
            draft.Broken(Line(error.Start), LineText(text, Line(error.Start)), "is where this stops being YAML; look at the indentation, the colons and the quotes here and in the line above");
        }
        catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser's own faults on text that is far from YAML: they carry no position.
            draft.Broken(0, "the text", "is no YAML");
        }
    }

    private void Documents(List<SourceValue> roots)
    {
        _parser.Consume<StreamStart>();
        while (_parser.TryConsume<DocumentStart>(out _))
        {
            roots.Add(Value(0));
            _parser.Consume<DocumentEnd>();
        }
    }

    private SourceValue? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _draft.Broken(0, "the text", "is empty");
            return null;
        }
        var root = Value(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second)) _draft.NotCarried(Line(second.Start), "---", "begins a second document, which is not read");
        return root;
    }

    private SourceValue Value(int depth)
    {
        var start = _parser.Current ?? throw new EndOfStreamException();
        if (depth > DepthLimit) throw new YamlException(start.Start, start.End, "nested too deeply");
        if (_parser.TryConsume<Scalar>(out var scalar)) return Plain(scalar);
        if (_parser.TryConsume<SequenceStart>(out _)) return List(start, depth);
        if (_parser.TryConsume<MappingStart>(out _)) return Map(start, depth);
        _parser.MoveNext();
        _draft.Broken(Line(start.Start), "*alias", "aliases are not read; write the value itself");
        return new SourceScalar(Line(start.Start), "", IsNull: true);
    }

    private static SourceScalar Plain(Scalar scalar) =>
        new(Line(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null");

    private SourceList List(ParsingEvent start, int depth)
    {
        var items = new List<SourceValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Value(depth + 1));
        return new SourceList(Line(start.Start), items);
    }

    private SourceMap Map(ParsingEvent start, int depth)
    {
        var entries = new List<SourceEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Value(depth + 1);
            var value = Value(depth + 1);
            if (key is SourceScalar name) entries.Add(new SourceEntry(name.Value, value, key.Line));
            else _draft.Broken(key.Line, "a key", "is a list or a group, where a name belongs");
        }
        return new SourceMap(Line(start.Start), entries);
    }

    private static int Line(in Mark mark) => (int)Math.Clamp(mark.Line, 1, int.MaxValue);

    private static string LineText(string text, int line) => text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
}

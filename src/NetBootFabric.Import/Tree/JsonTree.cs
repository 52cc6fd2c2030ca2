using System.Text;
using System.Text.Json;

namespace NetBootFabric.Import.Tree;

/// <summary>Reads JSON into a tree that knows its lines.</summary>
internal ref struct JsonTree
{
    private const int DepthLimit = 64;

    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;
    private int _line;
    private int _counted;

    private JsonTree(ReadOnlySpan<byte> bytes, bool several = false)
    {
        _bytes = bytes;
        _line = 1;
        _reader = new Utf8JsonReader(bytes,
            new JsonReaderOptions { AllowTrailingCommas = true, AllowMultipleValues = several, MaxDepth = DepthLimit });
    }

    /// <summary>Null: it is no JSON, and there is a note.</summary>
    /// <param name="text">Without comments.</param>
    public static SourceValue? Read(string text, Draft draft)
    {
        try
        {
            var tree = new JsonTree(Encoding.UTF8.GetBytes(text));
            tree._reader.Read();
            var root = tree.Value();
            return tree._reader.Read() ? null : root;
        }
        catch (JsonException error)
        {
            NoJson(text, draft, error);
            return null;
        }
    }

    /// <summary>Values one after the other, as several files are read as one; up to what is no JSON, of which there is a note.</summary>
    public static IReadOnlyList<SourceValue> ReadAll(string text, Draft draft)
    {
        var values = new List<SourceValue>();
        try
        {
            var tree = new JsonTree(Encoding.UTF8.GetBytes(text), several: true);
            while (tree._reader.Read()) values.Add(tree.Value());
        }
        catch (JsonException error)
        {
            NoJson(text, draft, error);
        }
        return values;
    }

    private static void NoJson(string text, Draft draft, JsonException error)
    {
        var line = (int)(error.LineNumber ?? 0);
        draft.Broken(line + 1, Line(text, line), $"is where this stops being JSON: {Sentence(error.Message)}");
    }

    private SourceValue Value()
    {
        var line = HereLine();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Map(line);
            case JsonTokenType.StartArray:
                return List(line);
            case JsonTokenType.String:
                return new SourceScalar(line, String(), IsNull: false);
            default:
                return new SourceScalar(line, Encoding.UTF8.GetString(_reader.ValueSpan), _reader.TokenType == JsonTokenType.Null);
        }
    }

    private SourceMap Map(int line)
    {
        var entries = new List<SourceEntry>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var (key, at) = (String(), HereLine());
            _reader.Read();
            entries.Add(new SourceEntry(key, Value(), at));
        }
        return new SourceMap(line, entries);
    }

    private SourceList List(int line)
    {
        var values = new List<SourceValue>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray) values.Add(Value());
        return new SourceList(line, values);
    }

    /// <summary>An escaped half of a surrogate pair is no text: shown as such, not thrown for.</summary>
    private readonly string String()
    {
        try
        {
            return _reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(_reader.ValueSpan);
        }
    }

    private int HereLine()
    {
        var at = (int)_reader.TokenStartIndex;
        _line += _bytes[_counted..at].Count((byte)'\n');
        _counted = at;
        return _line;
    }

    private static string Line(string text, int index) => text.Split('\n').ElementAtOrDefault(index) ?? "";

    /// <summary>Without the position that the message ends with.</summary>
    private static string Sentence(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position < 0 ? message : message[..position]).TrimEnd('.');
    }
}

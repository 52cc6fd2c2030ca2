using System.Globalization;
using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>
/// Replaces <c>${name}</c> by a client's variable, or by one of <c>mac name ip mask router server</c>, which every client has.
/// A value stays inside the word it stands in: it may hold neither blanks nor quotes. One that is a word by itself may be several
/// (<c>${kernel_args}</c>).
/// </summary>
internal sealed class Placeholders(BootTarget target, Ipv4Address server)
{
    public static IReadOnlySet<string> BuiltIns { get; } = new HashSet<string>(["mac", "name", "server", "ip", "mask", "router"], StringComparer.Ordinal);

    /// <summary>The words that become of one; null: there is an <paramref name="error"/>.</summary>
    public IReadOnlyList<string>? Words(string word, out string? error)
    {
        if (IsWhole(word) && target.Variables.TryGetValue(word[2..^1], out var several))
        {
            var words = KernelWord.Split(several);
            error = words is null ? $"the variable '{Quotable.Show(word[2..^1])}' of {target.Mac} lacks a closing quote" : null;
            return words;
        }
        var expanded = Expand(word);
        error = expanded.Error;
        return expanded.Succeeded ? [expanded.Text] : null;
    }

    /// <summary>Nothing but one placeholder.</summary>
    public static bool IsWhole(string word) =>
        word.Length > 3 && word.StartsWith("${", StringComparison.Ordinal)
        && word.IndexOf('}', StringComparison.Ordinal) == word.Length - 1;

    /// <summary>Values that may stand as words of their own.</summary>
    public static bool AreWords(string value) =>
        KernelWord.Split(value) is { } words && words.TrueForAll(static word => KernelWord.Look(word) is null);

    private Rendered Expand(string word)
    {
        var text = new StringBuilder(word.Length);
        var rest = word.AsSpan();
        for (var open = rest.IndexOf("${"); open >= 0; open = rest.IndexOf("${"))
        {
            var close = rest[open..].IndexOf('}');
            if (close < 0) return Rendered.Wrong($"'{Quotable.Show(word)}' lacks the closing brace of ${{…}}");
            var value = Value(rest[(open + 2)..(open + close)].ToString());
            if (!value.Succeeded) return value;
            text.Append(rest[..open]).Append(value.Text);
            rest = rest[(open + close + 1)..];
        }
        return Rendered.Of(text.Append(rest).ToString());
    }

    /// <summary>The word with a letter for each placeholder; null: one is not closed.</summary>
    public static string? Plain(string word)
    {
        for (var open = word.IndexOf("${", StringComparison.Ordinal); open >= 0; open = word.IndexOf("${", StringComparison.Ordinal))
        {
            var close = word.IndexOf('}', open);
            if (close < 0) return null;
            word = $"{word[..open]}x{word[(close + 1)..]}";
        }
        return word;
    }

    /// <summary>A value that may stand inside a word of the kernel's line.</summary>
    public static bool IsPlain(string value) => value.All(Quotable.IsInsideWord) && !value.Contains("${", StringComparison.Ordinal);

    private Rendered Value(string name)
    {
        if ((target.Variables.GetValueOrDefault(name) ?? BuiltIn(name)) is not { } value) return Unset(name, target);
        return value.All(Quotable.IsInsideWord)
            ? Rendered.Of(value)
            : Rendered.Wrong($"the variable '{Quotable.Show(name)}' of {target.Mac} holds a blank, a quote, a backslash or something that is not plain ASCII");
    }

    public static Rendered Unset(string name, BootTarget target) =>
        Rendered.Wrong($"the variable '{Quotable.Show(name)}' is not set for {target.Mac}; add it to the node's variables or its group's");

    /// <summary>Null: there is none of that name, or this client has none.</summary>
    public string? BuiltIn(string name) => name switch
    {
        "mac" => target.Mac.ToString(),
        "name" => target.Name,
        "server" => server.ToString(),
        "ip" => target.Address?.Address.ToString(),
        "mask" => target.Address?.Mask.ToString(),
        "router" => target.Address is { } address ? string.Create(CultureInfo.InvariantCulture, $"{address.Router}") : null,
        _ => null,
    };
}

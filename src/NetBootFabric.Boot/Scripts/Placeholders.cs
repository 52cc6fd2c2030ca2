using System.Globalization;
using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Scripts;

/// <summary>
/// Replaces <c>${name}</c> by a client's variable, or by one of <c>mac name ip mask router server</c>, which every client has.
/// A value stays inside the word it stands in: it may hold neither blanks nor quotes.
/// </summary>
internal sealed class Placeholders(BootTarget target, Ipv4Address server)
{
    public static IReadOnlySet<string> BuiltIns { get; } = new HashSet<string>(["mac", "name", "server", "ip", "mask", "router"], StringComparer.Ordinal);

    public Rendered Expand(string word)
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

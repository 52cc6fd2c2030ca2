using System.Net;
using NetBootFabric.Boot.Naming;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration.Yaml;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Configuration;

/// <summary>Single values. Each method gives null when there is no value or a wrong one; a wrong one is reported.</summary>
internal sealed partial class Values(Mistakes mistakes)
{
    private delegate bool TryParse<T>(string text, out T value);

    private readonly record struct Listener(IPAddress Address, int Port);

    public string? Text(YamlValue? value, string name)
    {
        if (value is null) return null;
        if (value is YamlScalar { IsEmpty: false } scalar) return scalar.Text;
        if (value is YamlScalar) mistakes.Add(value.At, $"a value of '{name}' is empty", "write one, or leave it out");
        else mistakes.WrongKind(value, $"'{name}'", $"write {name}: value");
        return null;
    }

    public bool? Boolean(YamlValue? value, string name) => Parse<bool>(value, name, TryParseBoolean, "neither true nor false", "true or false");

    public int? Port(YamlValue? value, string name) => Parse<int>(value, name, TryParsePort, "no port", "a number from 1 to 65535");

    public int? Whole(YamlValue? value, string name, int least, int most) => Parse<int>(value, name,
        (text, out number) => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && number >= least && number <= most,
        $"no number from {least} to {most}", $"a number from {least} to {most}");

    public Ipv4Address? Address(YamlValue? value, string name) =>
        Parse<Ipv4Address>(value, name, static (text, out address) => Ipv4Address.TryParse(text, out address), "no IPv4 address", "one like 10.77.0.1");

    public Ipv4Network? Network(YamlValue? value, string name)
    {
        if (Text(value, name) is not { } text) return null;
        if (Ipv4Network.TryParse(text, out var network) && network.PrefixLength is >= 8 and <= 30) return network;
        var meant = NetworkMeant(text);
        mistakes.Add(value!.At, meant is null ? $"'{text}' is no network of /8 to /30" : $"'{text}' is an address in a network", $"write {meant ?? "one like 10.77.0.0/16"}");
        return null;
    }

    public AddressRange? Range(YamlValue? value, string name)
    {
        if (Text(value, name) is not { } text) return null;
        var ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !Ipv4Address.TryParse(ends[0], out var first) || !Ipv4Address.TryParse(ends[1], out var last))
        {
            mistakes.Add(value!.At, $"'{text}' is no range of addresses", "write first and last one, like 10.77.1.0-10.77.250.254");
            return null;
        }
        if (first.Value <= last.Value) return new AddressRange(first, last);
        mistakes.Add(value!.At, $"the range {text} ends before it begins", $"write {last}-{first}");
        return null;
    }

    /// <summary>A number and a unit: 250ms, 90s, 30m, 12h, 7d.</summary>
    public TimeSpan? Duration(YamlValue? value, string name, TimeSpan shortest, TimeSpan longest)
    {
        if (Text(value, name) is not { } text) return null;
        if (!TryParseDuration(text, out var duration))
        {
            var isNumber = text.All(char.IsAsciiDigit);
            mistakes.Add(value!.At, $"'{text}' is no duration", isNumber ? $"write a unit with it: {text}s, {text}m, {text}h or {text}d" : "write a number and a unit: 90s, 30m, 12h or 7d");
            return null;
        }
        if (duration >= shortest && duration <= longest) return duration;
        mistakes.Add(value!.At, $"'{name}' of {text} is out of bounds", $"write one from {Written(shortest)} to {Written(longest)}");
        return null;
    }

    /// <summary>Address and port to listen on.</summary>
    public IPEndPoint? Listen(YamlValue? value, string name) =>
        Parse<Listener>(value, name, TryParseListener, "no address and port", "one like 127.0.0.1:9110") is { } listener ? new IPEndPoint(listener.Address, listener.Port) : null;

    public T? Choice<T>(YamlValue? value, string name, params (string Word, T Value)[] choices) where T : struct
    {
        if (Text(value, name) is not { } text) return null;
        foreach (var (word, meaning) in choices)
        {
            if (word == text) return meaning;
        }
        var words = choices.Select(choice => choice.Word).ToArray();
        mistakes.Add(value!.At, $"'{text}' is no value of '{name}'", $"write {Nearest.Of(text, words) ?? string.Join(", ", words[..^1]) + " or " + words[^1]}");
        return null;
    }

    /// <summary>The items of a list; a single value stands for a list of one.</summary>
    public IEnumerable<YamlValue> Items(YamlValue? value, string name)
    {
        if (value is YamlList list) return list.Items;
        if (value is YamlScalar) return [value];
        if (value is not null) mistakes.WrongKind(value, $"'{name}'", $"write a list: {name}: [a, b]");
        return [];
    }

    private T? Parse<T>(YamlValue? value, string name, TryParse<T> parse, string problem, string remedy) where T : struct
    {
        if (Text(value, name) is not { } text) return null;
        if (parse(text, out var parsed)) return parsed;
        mistakes.Add(value!.At, $"'{text}' is {problem}", $"write {remedy}");
        return null;
    }
}

using System.Collections.Frozen;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <summary>One item of <c>nodes</c>.</summary>
internal sealed class NodeEntryReader(Mistakes mistakes)
{
    private readonly Values _values = new(mistakes);

    public NodeDraft? Read(YamlValue value)
    {
        var group = Group.Of(value, "a node", mistakes, "mac", "name", "ip", "profile", "intent", "vars");
        if (group is null) return null;
        var mac = _values.Mac(group.Required("mac", "\"52:54:00:77:00:01\""), "mac");
        var entry = new NodeEntry
        {
            Mac = mac ?? default,
            Name = _values.Name(group["name"], "name"),
            Address = _values.Address(group["ip"], "ip"),
            Profile = _values.Text(group["profile"], "profile"),
            Intent = _values.Choice(group["intent"], "intent", ("always", BootIntent.Always), ("once", BootIntent.Once), ("local", BootIntent.Local)) ?? BootIntent.Always,
            Variables = Variables(group["vars"]),
        };
        return mac is null ? null : new NodeDraft(entry, group.At, Place("mac"), Place("name"), Place("ip"), Place("profile"));

        Position Place(string key) => group[key]?.At ?? group.At;
    }

    private FrozenDictionary<string, string> Variables(YamlValue? value)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value is null) return variables.ToFrozenDictionary();
        if (value is not YamlMap map)
        {
            mistakes.WrongKind(value, "'vars'", "write vars: { key: value }");
            return variables.ToFrozenDictionary();
        }
        foreach (var (key, variable) in map.Entries)
        {
            if (!IsVariableName(key.Text)) mistakes.Add(key.At, $"'{key.Text}' is no name of a variable", "write letters, digits, - and _, like rack_unit");
            else if (variable is YamlScalar { IsEmpty: true }) variables[key.Text] = "";
            else if (_values.Text(variable, key.Text) is { } text && !variables.TryAdd(key.Text, text)) mistakes.Add(key.At, $"'{key.Text}' is here twice", "keep one of them");
        }
        return variables.ToFrozenDictionary();
    }

    private static bool IsVariableName(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

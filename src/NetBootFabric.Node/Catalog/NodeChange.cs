using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Naming;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Catalog;

/// <summary>A change to nodes, read: each key that is there, null for one that is to go.</summary>
internal sealed class NodeChange
{
    private static readonly string[] Keys = ["mac", "name", "ip", "cards", "group", "profile", "intent", "next"];
    private static readonly string[] BmcKeys = ["address", "protocol", "credentials"];

    private readonly Dictionary<string, string?> _keys = [];
    private readonly Dictionary<string, string?> _variables = [];
    private readonly Dictionary<string, string?> _bmc = [];
    private bool _clearVariables;
    private bool _clearBmc;

    public static NodeChange? Read(YamlValue value, Mistakes mistakes)
    {
        if (value is not YamlMap map)
        {
            mistakes.WrongKind(value, "a change", $"write a group of keys: {string.Join(", ", Keys)}, vars, bmc");
            return null;
        }
        var change = new NodeChange();
        foreach (var (key, inner) in map.Entries) change.Take(key, inner, mistakes);
        if (map.Entries.Count == 0) mistakes.Add(map.At, "the change is empty", $"write what is to change: {string.Join(", ", Keys)}, vars or bmc");
        return change;
    }

    public NodeSpec Of(NodeSpec node, long revision)
    {
        var changed = node with
        {
            Name = Given("name", node.Name),
            Mac = Given("mac", node.Mac) ?? node.Mac,
            Ip = Given("ip", node.Ip),
            Cards = Given("cards", node.Cards),
            Group = Given("group", node.Group),
            Profile = Given("profile", node.Profile),
            Intent = Given("intent", node.Intent),
            Next = Given("next", node.Next),
            Vars = Variables(node.Vars),
            Bmc = Bmc(node.Bmc),
        };
        return SpecOrders.Stamp(SpecForm.Of(changed), node, revision, _keys.ContainsKey);
    }

    private void Take(YamlScalar key, YamlValue value, Mistakes mistakes)
    {
        if (key.Text == "mac" && value is YamlScalar card && SpecForm.KeyOf(card.Text) is null)
            mistakes.Add(value.At, $"'{card.Text}' is no MAC address of a machine", "write one like \"52:54:00:77:00:01\"");
        else if (Keys.Contains(key.Text)) Take(_keys, key, value, mistakes);
        else if (key.Text == "vars") _clearVariables |= TakeInner(_variables, value, "'vars'", null, mistakes);
        else if (key.Text == "bmc") _clearBmc |= TakeInner(_bmc, value, "'bmc'", BmcKeys, mistakes);
        else mistakes.Add(key.At, $"'{key.Text}' is no key of a node that can be changed", $"write {Nearest.Of(key.Text, [.. Keys, "vars", "bmc"]) ?? "one of " + string.Join(", ", Keys) + ", vars, bmc"}");
    }

    /// <returns>True: the whole of it is to go.</returns>
    private static bool TakeInner(Dictionary<string, string?> values, YamlValue value, string what, string[]? known, Mistakes mistakes)
    {
        if (value is YamlScalar { IsEmpty: true }) return true;
        if (value is not YamlMap map)
        {
            mistakes.WrongKind(value, what, "write a group of keys, with null for one that is to go");
            return false;
        }
        foreach (var (key, inner) in map.Entries)
        {
            if (known is null || known.Contains(key.Text)) Take(values, key, inner, mistakes);
            else mistakes.Add(key.At, $"'{key.Text}' is no key of {what}", $"write one of {string.Join(", ", known)}");
        }
        return false;
    }

    private static void Take(Dictionary<string, string?> values, YamlScalar key, YamlValue value, Mistakes mistakes)
    {
        if (value is not YamlScalar scalar) mistakes.WrongKind(value, $"'{key.Text}'", $"write {key.Text}: value");
        else if (!values.TryAdd(key.Text, scalar.IsEmpty ? null : scalar.Text)) mistakes.Add(key.At, $"'{key.Text}' is here twice", "keep one of them");
    }

    private string? Given(string key, string? before) => _keys.TryGetValue(key, out var value) ? value : before;

    private IReadOnlyDictionary<string, string> Variables(IReadOnlyDictionary<string, string> before)
    {
        if (_variables.Count == 0 && !_clearVariables) return before;
        var variables = _clearVariables ? [] : new Dictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var (name, value) in _variables)
        {
            if (value is null) variables.Remove(name);
            else variables[name] = value;
        }
        return variables;
    }

    private BmcSpec? Bmc(BmcSpec? before)
    {
        if (_clearBmc) before = null;
        if (_bmc.Count == 0) return before;
        string? Part(string key, string? old) => _bmc.TryGetValue(key, out var value) ? value : old;
        return new BmcSpec(Part("address", before?.Address), Part("protocol", before?.Protocol), Part("credentials", before?.Credentials));
    }
}

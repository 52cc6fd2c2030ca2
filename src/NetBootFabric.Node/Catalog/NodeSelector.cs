using System.Globalization;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Catalog;

/// <summary>
/// Which nodes somebody means: names, MAC addresses, ranges of names as <c>n[001-128,200]</c>, <c>@group</c> with the groups in it, <c>rack=r12</c> or any other variable, <c>all</c>; several with commas
/// between them. Pure.
/// </summary>
internal sealed class NodeSelector
{
    /// <summary>A range of more names is a mistake of the pen.</summary>
    private const int MostInRange = 100_000;

    private readonly IReadOnlyList<string> _terms;

    private NodeSelector(IReadOnlyList<string> terms) => _terms = terms;

    /// <param name="mistake">A sentence, when it can't be read.</param>
    public static NodeSelector? Parse(string text, out string? mistake)
    {
        mistake = null;
        var terms = Split(text);
        if (terms.Count == 0) mistake = "no nodes are named: write names, MAC addresses, n[001-128], @group, rack=r12 or all";
        else if (terms.FirstOrDefault(term => term.Contains('[', StringComparison.Ordinal) && Expand(term) is null) is { } wrong) mistake = $"'{wrong}' is no range of names; write one like n[001-128]";
        return mistake is null ? new NodeSelector(terms) : null;
    }

    /// <summary>Each node once, in the order of their names.</summary>
    /// <param name="missing">What names nobody.</param>
    public IReadOnlyList<NodeEntry> Find(Room room, out IReadOnlyList<string> missing)
    {
        var names = new Lazy<Dictionary<string, NodeEntry>>(() => ByName(room));
        var found = new Dictionary<MacAddress, NodeEntry>();
        var absent = new List<string>();
        foreach (var term in _terms)
        {
            if (term == "all") AddAll(room.Machines, "");
            else if (term.StartsWith('@')) AddAll(room.Machines.Where(node => node.Groups.Contains(term[1..])), term);
            else if (term.IndexOf('=', StringComparison.Ordinal) is > 0 and var at) AddAll(room.Machines.Where(node => node.Variables.GetValueOrDefault(term[..at]) == term[(at + 1)..]), term);
            else foreach (var name in Expand(term) ?? [term]) Add(name);
        }
        missing = absent;
        return [.. found.Values.OrderBy(node => node.Name ?? "~", StringComparer.Ordinal).ThenBy(node => node.Mac.Value)];

        void AddAll(IEnumerable<NodeEntry> nodes, string what)
        {
            var any = false;
            foreach (var node in nodes)
            {
                found.TryAdd(node.Mac, node);
                any = true;
            }
            if (!any && what.Length > 0) absent.Add(what);
        }

        void Add(string who)
        {
            if ((MacAddress.TryParse(who, out var mac) ? room.NodeOf(mac) : null) is { } byMac) found.TryAdd(mac, byMac);
            else if (names.Value.GetValueOrDefault(who) is { } node) found.TryAdd(node.Mac, node);
            else absent.Add(who);
        }
    }

    private static Dictionary<string, NodeEntry> ByName(Room room)
    {
        var names = new Dictionary<string, NodeEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var node in room.Machines)
            if (node.Name is { } name) names.TryAdd(name, node);
        return names;
    }

    /// <summary>By commas that are not inside brackets.</summary>
    private static List<string> Split(string text)
    {
        var terms = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || (text[i] == ',' && depth == 0);
            if (!ends && text[i] == '[') depth++;
            if (!ends && text[i] == ']') depth--;
            if (!ends) continue;
            if (text[start..i].Trim() is { Length: > 0 } term) terms.Add(term);
            start = i + 1;
        }
        return terms;
    }

    /// <summary>The names of <c>n[001-128,200]</c>, which keep the width of the first number; null: it is no such thing.</summary>
    private static IEnumerable<string>? Expand(string term)
    {
        var open = term.IndexOf('[', StringComparison.Ordinal);
        if (open < 0) return null;
        var close = term.IndexOf(']', open);
        if (close < 0 || term.IndexOf('[', close) >= 0) return null;
        var numbers = new List<string>();
        foreach (var part in term[(open + 1)..close].Split(','))
            if (!TryAdd(part.Trim(), numbers)) return null;
        return numbers.Select(number => $"{term[..open]}{number}{term[(close + 1)..]}");
    }

    private static bool TryAdd(string part, List<string> numbers)
    {
        var ends = part.Split('-');
        if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last)) return false;
        if (last < first || last - first >= MostInRange || numbers.Count >= MostInRange) return false;
        for (var number = first; number <= last; number++) numbers.Add(number.ToString($"D{ends[0].Length}", CultureInfo.InvariantCulture));
        return true;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

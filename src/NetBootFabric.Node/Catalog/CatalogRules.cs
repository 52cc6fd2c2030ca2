using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Naming;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Catalog;

/// <summary>Whether nodes, groups and profiles are right in themselves, fit together, and fit the subnets. Pure. The same for the configuration's file, edits and imports.</summary>
internal sealed partial class CatalogRules
{
    private readonly List<CatalogFault> _faults = [];
    private readonly CatalogDocument _document;
    private readonly Room _settings;
    private readonly HashSet<string> _profiles;
    private readonly Dictionary<string, GroupSpec> _groups;

    private CatalogRules(CatalogDocument document, Room settings)
    {
        (_document, _settings) = (document, settings);
        _profiles = [.. document.Profiles.Select(profile => profile.Name)];
        _groups = document.Groups.DistinctBy(group => group.Name).ToDictionary(group => group.Name);
    }

    /// <param name="settings">The rest of the configuration: its subnets, and whether it is a proxy.</param>
    public static IReadOnlyList<CatalogFault> Check(CatalogDocument document, Room settings)
    {
        var rules = new CatalogRules(document, settings);
        for (var i = 0; i < document.Profiles.Count; i++) rules.CheckProfile(document.Profiles[i], new Place(rules, CatalogKind.Profile, i));
        for (var i = 0; i < document.Groups.Count; i++) rules.CheckGroup(document.Groups[i], new Place(rules, CatalogKind.Group, i));
        for (var i = 0; i < document.Nodes.Count; i++) rules.CheckNode(document.Nodes[i], new Place(rules, CatalogKind.Node, i));
        return rules._faults;
    }

    /// <summary>Of a machine: a group address names none.</summary>
    public static bool TryParseMac(string text, out MacAddress mac) => MacAddress.TryParse(text, out mac) && !mac.IsMulticast && mac.Value != 0;

    private void CheckGroup(GroupSpec group, Place at)
    {
        if (!IsEntryName(group.Name)) at.Fault("name/", $"'{group.Name}' is no name of a group", "write letters, digits, - . and _, like rack12");
        if (group.Parent is { } parent && !_groups.ContainsKey(parent)) Unknown(at, "parent", "group", parent, _groups.Keys);
        else if (IsInCircle(group)) at.Fault("parent", $"the group '{group.Name}' is its own parent, or a parent's", "write parents that end somewhere");
        CheckCommon(group.Profile, group.Intent, group.Vars, group.Bmc, at);
        DhcpWords.Check(group.BootFile, group.NextServer, group.Options, (field, problem, remedy) => at.Fault(field, problem, remedy));
        if (group.Bmc?.Address is not null) at.Fault("bmc/address", "a group's 'bmc' has an address", "write it at each node");
    }

    private bool IsInCircle(GroupSpec group)
    {
        var at = group;
        for (var steps = 0; steps <= _groups.Count; steps++)
        {
            if (at.Parent is null || !_groups.TryGetValue(at.Parent, out var parent)) return false;
            if (parent.Name == group.Name) return true;
            at = parent;
        }
        return false; // it hangs below a circle, whose own groups are told
    }

    private void CheckCommon(string? profile, string? intent, IReadOnlyDictionary<string, string> vars, BmcSpec? bmc, Place at)
    {
        if (profile is not null && _profiles.Count > 0 && !_profiles.Contains(profile)) Unknown(at, "profile", "profile", profile, _profiles);
        if (intent is not null && !SpecWords.Intents.ContainsKey(intent)) NoChoice(at, "intent", intent, SpecWords.Intents.Keys);
        foreach (var (name, value) in vars) CheckVariable(name, value, at);
        if (bmc?.Protocol is { } protocol && !SpecWords.Protocols.Contains(protocol)) NoChoice(at, "bmc/protocol", protocol, SpecWords.Protocols);
        if (bmc?.Address is { } address && !IsAddress(address)) at.Fault("bmc/address", $"'{address}' is no address of a BMC", "write a host name or an address, with a port if need be");
        if (bmc?.Credentials is { } credentials && !IsEntryName(credentials)) at.Fault("bmc/credentials", $"'{credentials}' is no name of credentials", "write a name under 'power: credentials'");
    }

    private static void CheckVariable(string name, string value, Place at)
    {
        if (!IsVariableName(name)) at.Fault($"vars/{name}/", $"'{name}' is no name of a variable", "write letters, digits, - and _, like rack_unit");
        else if (!IsLine(value)) at.Fault($"vars/{name}", $"the variable '{name}' holds a line break or a control character", "write one line of printable text");
        else if (value.Length > MostInVariable) at.Fault($"vars/{name}", $"the variable '{name}' is longer than {MostInVariable} characters", "write less");
    }

    private static void Unknown(Place at, string field, string kind, string name, IReadOnlyCollection<string> there) =>
        at.Fault(field, $"there is no {kind} '{name}'", there.Count == 0 ? $"make the {kind} first" : $"write {Nearest.Of(name, there) ?? Some(there)}");

    private static void NoChoice(Place at, string field, string text, IEnumerable<string> choices)
    {
        var words = choices.ToArray();
        at.Fault(field, $"'{text}' is no value of '{field[(field.IndexOf('/', StringComparison.Ordinal) + 1)..]}'", $"write {Nearest.Of(text, words) ?? string.Join(", ", words[..^1]) + " or " + words[^1]}");
    }

    /// <summary>Of a thousand names nobody reads more than some.</summary>
    private static string Some(IReadOnlyCollection<string> names) =>
        names.Count <= 6 ? string.Join(" or ", names) : $"one of {string.Join(", ", names.Order(StringComparer.Ordinal).Take(6))} …";

    private readonly record struct Place(CatalogRules Rules, CatalogKind Kind, int Index)
    {
        public void Fault(string field, string problem, string remedy, int? earlier = null) => Rules._faults.Add(new CatalogFault(Kind, Index, field, problem, remedy, earlier));
    }
}

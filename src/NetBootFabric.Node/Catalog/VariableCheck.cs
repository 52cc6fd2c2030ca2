using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Scripts;

namespace NetBootFabric.Node.Catalog;

/// <param name="Problem">Whose boot fails.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record UnfitVariable(string Profile, string Problem, string Remedy)
{
    public override string ToString() => $"{Problem}; {Remedy}";
}

/// <summary>
/// Variables that a node's profile uses and that are not set for the node, or hold what can't stand there: its boot would fail at the
/// script.
/// </summary>
internal static class VariableCheck
{
    /// <summary>Named in a sentence; of the others there is the count.</summary>
    private const int MostNamed = 3;

    public static IReadOnlyList<UnfitVariable> Run(Room room)
    {
        var used = room.Profiles.Values.Select(profile => (profile.Name, Variables: ProfileVariables.Of(profile))).Where(pair => pair.Variables.Count > 0).ToDictionary(pair => pair.Name, pair => pair.Variables);
        if (used.Count == 0) return [];
        var unfit = new SortedDictionary<(string Profile, string Variable, bool IsSet), List<string>>();
        foreach (var node in room.Machines)
        {
            Look(node, node.Profile ?? Profile.DefaultName);
            if (node.Next is { } next && next != node.Profile) Look(node, next);
        }
        return [.. unfit.Select(pair => Describe(pair.Key.Profile, pair.Key.Variable, pair.Key.IsSet, pair.Value))];

        void Look(NodeEntry node, string profile)
        {
            if (!used.TryGetValue(profile, out var variables)) return;
            foreach (var (variable, places) in variables)
            {
                var isSet = node.Variables.TryGetValue(variable, out var value);
                if (isSet && ProfileVariables.IsFit(value!, places)) continue;
                var key = (profile, variable, isSet);
                if (!unfit.TryGetValue(key, out var nodes)) unfit[key] = nodes = [];
                nodes.Add(node.Name ?? node.Mac.ToString());
            }
        }
    }

    private static UnfitVariable Describe(string profile, string variable, bool isSet, List<string> nodes)
    {
        nodes.Sort(StringComparer.Ordinal);
        var named = string.Join(", ", nodes.Take(MostNamed));
        var who = nodes.Count > MostNamed ? $"{named} and {nodes.Count - MostNamed} more" : named;
        return isSet
            ? new(profile, $"profile '{profile}' uses the variable '{variable}', which for {who} holds a blank, a quote or another character that a loader would not hand on: the boot would fail at the script", "write another value")
            : new(profile, $"profile '{profile}' uses the variable '{variable}', which is not set for {who}: the boot would fail at the script", "add it to the node's vars or its group's");
    }
}

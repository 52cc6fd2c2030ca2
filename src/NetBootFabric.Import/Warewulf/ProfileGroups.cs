using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Import.Warewulf;

/// <summary>
/// Makes groups of profiles. A Warewulf node has a list of them, the later ones counting more; a node here has one group, with parents. So each list becomes a chain: the first profile is the
/// parent of the second, and so on. A profile that stands behind different ones in different lists is there once for each.
/// </summary>
internal sealed class ProfileGroups(Draft draft, IReadOnlyDictionary<string, Layer> profiles, Func<Layer, string?> credentials)
{
    private readonly Dictionary<string, Chain> _made = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>A list of profiles as a group.</summary>
    /// <param name="Group">Null: of no profile.</param>
    /// <param name="KernelArguments">Of the whole list.</param>
    internal sealed record Chain(string? Group, string? KernelArguments, string? PrimaryNetwork);

    public Chain Of(Layer layer)
    {
        var chain = new Chain(null, null, null);
        var key = "";
        foreach (var name in Expanded(layer))
        {
            key = $"{key}\n{name}";
            if (!_made.TryGetValue(key, out var next)) _made[key] = next = Make(profiles[name], chain);
            chain = next;
        }
        return chain;
    }

    private Chain Make(Layer profile, Chain before)
    {
        var arguments = Arguments(before, profile);
        var network = profile.PrimaryNetwork ?? before.PrimaryNetwork;
        if (draft.GroupNamed(profile.Line, Free(profile.Name, before.Group)) is not { } group) return before with { KernelArguments = arguments };
        _names.Add(group);
        var variables = new Dictionary<string, string>(profile.Variables, StringComparer.Ordinal);
        if (arguments is not null && profile.KernelArguments is not null) variables[LayerReader.KernelArguments] = arguments;
        draft.Set(new GroupSpec { Name = group, Parent = before.Group, Vars = variables, Bmc = profile.Bmc(credentials(profile)) });
        return new Chain(group, arguments, network);
    }

    /// <summary>The profile's own name for the first of its groups.</summary>
    private string Free(string name, string? parent)
    {
        if (!_names.Contains(name)) return name;
        var joined = parent is null ? name : $"{parent}-{name}";
        return !_names.Contains(joined) ? joined : Enumerable.Range(2, _names.Count + 1).Select(number => $"{joined}-{number}").First(each => !_names.Contains(each));
    }

    /// <summary>A profile that no node has.</summary>
    public void Keep(Layer profile)
    {
        if (!_names.Contains(profile.Name)) Of(new Layer(profile.Name, profile.Line) { Profiles = { profile.Name } });
    }

    public static string? Arguments(Chain before, Layer layer) =>
        layer is { Appends: true, KernelArguments: { } own } && before.KernelArguments is { } already ? $"{already} {own}" : layer.KernelArguments ?? before.KernelArguments;

    /// <summary>Profiles of profiles come before them; each counts once; <c>~name</c> takes one out.</summary>
    private List<string> Expanded(Layer layer)
    {
        var names = new List<string>();
        Expand(layer, names, []);
        var without = names.Where(name => name.StartsWith('~')).Select(name => name[1..]).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(name => !name.StartsWith('~') && !without.Contains(name))];
    }

    private void Expand(Layer layer, List<string> names, HashSet<string> seen)
    {
        foreach (var name in layer.Profiles.Where(seen.Add))
        {
            if (name.StartsWith('~')) names.Add(name);
            else if (!profiles.TryGetValue(name, out var profile)) draft.NotCarried(layer.Line, $"profile {name}", "is not among the nodeprofiles");
            else
            {
                Expand(profile, names, seen);
                names.Add(name);
            }
        }
    }
}

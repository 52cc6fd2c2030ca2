using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Scripts;

/// <summary>Which variables a profile needs of its clients, beside those that every client has.</summary>
public static class ProfileVariables
{
    public static IReadOnlySet<string> Of(Profile profile)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Gather(names, profile.CommandLine, "${", "}", Placeholders.BuiltIns);
        foreach (var template in profile.Templates.Values) Gather(names, template, "{{", "}}", Template.BuiltIns);
        return names;
    }

    private static void Gather(SortedSet<string> names, string text, string open, string close, IReadOnlySet<string> builtIns)
    {
        for (var at = text.IndexOf(open, StringComparison.Ordinal); at >= 0; at = text.IndexOf(open, at, StringComparison.Ordinal))
        {
            var end = text.IndexOf(close, at, StringComparison.Ordinal);
            if (end < 0) return;
            var name = text[(at + open.Length)..end].Trim();
            if (!builtIns.Contains(name)) names.Add(name);
            at = end;
        }
    }
}

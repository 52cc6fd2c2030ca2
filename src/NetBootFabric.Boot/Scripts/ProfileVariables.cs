using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Scripts;

/// <summary>Where a profile puts a variable of its clients.</summary>
[Flags]
public enum VariablePlaces
{
    None = 0,

    /// <summary>Inside of a word of the kernel's line.</summary>
    Word = 1,

    /// <summary>As a word of the kernel's line, or several.</summary>
    Words = 8,

    /// <summary>A template that a loader runs.</summary>
    Script = 2,

    /// <summary>A template that the system reads.</summary>
    File = 4,
}

/// <summary>Which variables a profile needs of its clients, beside those that every client has.</summary>
public static class ProfileVariables
{
    public static IReadOnlyDictionary<string, VariablePlaces> Of(Profile profile)
    {
        var names = new SortedDictionary<string, VariablePlaces>(StringComparer.Ordinal);
        foreach (var word in KernelWord.Split(profile.CommandLine) ?? [])
            Gather(names, Placeholders.IsWhole(word) ? VariablePlaces.Words : VariablePlaces.Word, word, "${", "}", Placeholders.BuiltIns);
        foreach (var (name, text) in profile.Templates)
            Gather(names, Template.IsScript(name) ? VariablePlaces.Script : VariablePlaces.File, text, "{{", "}}", Template.BuiltIns);
        return names;
    }

    /// <summary>Whether <paramref name="value"/> may stand in all of the places: otherwise the boot fails at the script.</summary>
    public static bool IsFit(string value, VariablePlaces places) =>
        (!places.HasFlag(VariablePlaces.Word) || Placeholders.IsPlain(value))
        && (!places.HasFlag(VariablePlaces.Words) || Placeholders.AreWords(value))
        && (!places.HasFlag(VariablePlaces.Script) || value.All(Template.IsPlain))
        && (!places.HasFlag(VariablePlaces.File) || !value.Any(char.IsControl));

    private static void Gather(SortedDictionary<string, VariablePlaces> names, VariablePlaces place, string text, string open,
        string close, IReadOnlySet<string> builtIns)
    {
        for (var at = text.IndexOf(open, StringComparison.Ordinal); at >= 0; at = text.IndexOf(open, at, StringComparison.Ordinal))
        {
            var end = text.IndexOf(close, at, StringComparison.Ordinal);
            if (end < 0) return;
            var name = text[(at + open.Length)..end].Trim();
            if (!builtIns.Contains(name)) names[name] = names.GetValueOrDefault(name) | place;
            at = end;
        }
    }
}

namespace NetBootFabric.Import.Values;

/// <summary>Users and passwords stay out of the catalog, under a name for each pair.</summary>
internal sealed class BmcCredentials(Draft draft)
{
    private readonly Dictionary<(string?, string?), string> _names = [];

    /// <param name="whose">They are, for the note.</param>
    /// <returns>Null: there are none.</returns>
    public string? NameOf(int line, string whose, string? user, string? password)
    {
        if (user is null && password is null) return null;
        if (_names.TryGetValue((user, password), out var known)) return known;
        var name = _names[(user, password)] = _names.Count == 0 ? "ipmi" : $"ipmi-{_names.Count + 1}";
        draft.NotCarried(line, $"{whose}: ipmi user {user}",
            $"users and passwords stay out of the catalog: on the head nodes write power: {{ credentials: {{ {name}: {{ user: …, password_file: … }} }} }}");
        return name;
    }
}

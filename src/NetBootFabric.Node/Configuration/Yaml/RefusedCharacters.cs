namespace NetBootFabric.Node.Configuration.Yaml;

/// <summary>Characters that YAML forbids, told of in words that say what to do: the parser's own message does not.</summary>
internal static class RefusedCharacters
{
    /// <summary>Reports every line that is indented with tabs or holds a control character. True when there is one: then the structure can't be trusted.</summary>
    public static bool Report(string text, Mistakes mistakes)
    {
        var found = false;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            found |= ReportTab(line, number, mistakes) || ReportControl(line, number, mistakes);
        }
        return found;
    }

    private static bool ReportTab(ReadOnlySpan<char> line, int number, Mistakes mistakes)
    {
        var indent = line.IndexOfAnyExcept(' ', '\t');
        if (indent < 0 || line[indent] == '#') return false; // a blank line or a comment
        var tab = line[..indent].IndexOf('\t');
        if (tab < 0) return false;
        mistakes.Add(new Position(number, tab + 1), "the line is indented with a tab", "write spaces");
        return true;
    }

    private static bool ReportControl(ReadOnlySpan<char> line, int number, Mistakes mistakes)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (!char.IsControl(line[i]) || line[i] == '\t') continue;
            mistakes.Add(new Position(number, i + 1), $"here is a control character (U+{(int)line[i]:X4})", "write the file as plain UTF-8 text");
            return true;
        }
        return false;
    }
}

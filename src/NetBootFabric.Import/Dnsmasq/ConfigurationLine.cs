using System.Text;

namespace NetBootFabric.Import.Dnsmasq;

/// <summary>One line of a configuration file, without its comment and its quotes.</summary>
internal static class ConfigurationLine
{
    /// <summary>A <c>#</c> begins a comment where a word could begin, outside of double quotes; in them a backslash escapes.</summary>
    public static string Clean(string line)
    {
        var clean = new StringBuilder(line.Length);
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"') quoted = !quoted;
            else if (quoted && c == '\\' && i + 1 < line.Length) clean.Append(line[++i]);
            else if (!quoted && c == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1]))) break;
            else clean.Append(c);
        }
        return clean.ToString().Trim();
    }
}

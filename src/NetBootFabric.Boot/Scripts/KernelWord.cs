using System.Buffers;

namespace NetBootFabric.Boot.Scripts;

/// <summary>
/// One parameter on a kernel command line. Blanks are only inside double quotes, which open at the start or after the first '='
/// and close at the end: the two forms that Linux strips.
/// </summary>
internal static class KernelWord
{
    // As a word of its own each of these ends a command in iPXE.
    private static readonly string[] IpxeTerminators = ["||", "&&", ";"];
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n");

    /// <summary>Words of <paramref name="line"/>; line breaks of a folded YAML text separate words too. Null: a quote is not closed.</summary>
    public static List<string>? Split(string line)
    {
        var words = new List<string>();
        var start = -1;
        var quoted = false;
        for (var i = 0; i <= line.Length; i++)
        {
            var blank = i == line.Length || (!quoted && Blanks.Contains(line[i]));
            if (!blank && start < 0) start = i;
            if (!blank && line[i] == '"') quoted = !quoted;
            if (!blank || start < 0) continue;
            words.Add(line[start..i]);
            start = -1;
        }
        return quoted ? null : words;
    }

    /// <summary>What is wrong with <paramref name="word"/>, or null.</summary>
    public static string? Fault(string word)
    {
        var bare = Unquoted(word);
        if (!bare.All(c => c == ' ' || Quotable.IsInsideWord(c)))
            return $"'{Quotable.Show(word)}' holds a control character, a single quote, a backslash, a misplaced quote or something that is not plain ASCII";
        if (bare.Contains("${", StringComparison.Ordinal)) return $"'{Quotable.Show(word)}' would be expanded once more by the loader";
        return word.Split(' ').Any(IsLoaderSyntax)
            ? $"'{Quotable.Show(word)}' would end the command or start a comment in the loader's script"
            : null;
    }

    /// <summary>The word without the quotes around it or around its value. GRUB adds quotes of its own.</summary>
    public static string Unquoted(string word)
    {
        if (word.Length < 2 || word[^1] != '"') return word;
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (word[0] == '"') return word[1..^1];
        return equals > 0 && equals + 2 < word.Length && word[equals + 1] == '"' ? string.Concat(word.AsSpan(0, equals + 1), word.AsSpan(equals + 2, word.Length - equals - 3)) : word;
    }

    private static bool IsLoaderSyntax(string part)
    {
        var bare = part.Trim('"');
        return part.StartsWith('#') || bare.StartsWith('#') || IpxeTerminators.Contains(bare);
    }
}

using System.Buffers;

namespace NetBootFabric.Boot.Scripts;

/// <param name="Problem">Said of a word, or of the whole line.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record CommandLineFault(string Problem, string Remedy);

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

    /// <summary>What is wrong with <paramref name="word"/> in a loader's script, or null.</summary>
    public static string? Fault(string word) => Look(word) is { } fault ? $"'{Quotable.Show(word)}' {fault.Problem}" : null;

    /// <summary>Why some loader would not hand on <paramref name="word"/> as it is, or null.</summary>
    public static CommandLineFault? Look(string word)
    {
        var bare = Unquoted(word);
        foreach (var c in bare)
            if (c != ' ' && !Quotable.IsInsideWord(c)) return Character(c);
        if (bare.Contains("${", StringComparison.Ordinal)) return new("would be expanded once more by the loader", "write another value");
        return word.Split(' ').Any(IsLoaderSyntax)
            ? new("would end the command or start a comment in the loader's script", "write ; # && and || inside a word only")
            : null;
    }

    private static CommandLineFault Character(char c) => c switch
    {
        '\\' => new("holds a backslash, which GRUB doubles and the others don't",
            "leave it out: here ; and $ need none, as they do in GRUB's own files"),
        '\'' => new("holds a single quote, which ends GRUB's", "write double quotes, or none"),
        '"' => new("holds a misplaced quote", "write name=\"a b\" or \"name=a b\""),
        < ' ' or '\x7f' => new("holds a control character", "write it as printable text"),
        _ => new("holds something that is not plain ASCII", "write letters of ASCII"),
    };

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

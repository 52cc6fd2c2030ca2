using System.Globalization;
using System.Text.RegularExpressions;

namespace NetBootFabric.Storm.Scripts;

/// <summary>What a GRUB configuration loads without anybody at the keyboard: its first kernel, whether or not that is tried several times.</summary>
/// <param name="Kernel">Null when there is none.</param>
/// <param name="Arguments">Of the kernel.</param>
/// <param name="Attempts">How often it is tried, 1 or more, with a pause after each that failed.</param>
internal sealed partial record GrubConfig(string? Kernel, string Arguments, IReadOnlyList<string> Initrds, int Attempts, TimeSpan Pause)
{
    public static GrubConfig Parse(string text)
    {
        var config = new GrubConfig(null, "", [], 1, TimeSpan.Zero);
        foreach (var line in text.Split('\n'))
        {
            var words = Words(line);
            if (words.Length < 2) continue;
            config = words[0] switch
            {
                "linux" or "linuxefi" when config.Kernel is null => config with { Kernel = words[1], Arguments = string.Join(' ', words[2..]) },
                "initrd" or "initrdefi" when config.Initrds.Count == 0 => config with { Initrds = words[1..] },
                "for" when config.Kernel is null => config with { Attempts = Math.Max(1, words.Length - 3) }, // 3 = for, a name, in
                "sleep" => config with { Pause = Seconds(words[1]) },
                _ => config,
            };
        }
        return config;
    }

    /// <summary>Of the command of a line, without quotes; what follows a semicolon, and an if ahead, are passed over.</summary>
    private static string[] Words(string line)
    {
        var words = Word().Matches(line).Select(match => match.Value).TakeWhile(word => word != ";").Select(Unquoted).ToArray();
        return words is ["if", .. var rest] ? rest : words;
    }

    private static string Unquoted(string word) => word.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);

    private static TimeSpan Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, 3600)) : TimeSpan.Zero;

    [GeneratedRegex("""('[^']*'|"[^"]*"|[^\s;'"])+|;""")]
    private static partial Regex Word();
}

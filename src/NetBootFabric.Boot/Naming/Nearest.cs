namespace NetBootFabric.Boot.Naming;

/// <summary>The word that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>
    /// The candidate fewest changes away, the one nearest in length among equals, when that is at most a third of its letters and one more;
    /// else one that is a part of the word, or the word of it (cmd for cmdline); else null.
    /// </summary>
    public static string? Of(string word, IReadOnlyCollection<string> candidates)
    {
        var best = candidates.MinBy(candidate => (Distance(word, candidate), Math.Abs(word.Length - candidate.Length)));
        if (best is null) return null;
        var distance = Distance(word, best);
        return distance <= best.Length / 3 + 1 && distance < best.Length ? best : candidates.FirstOrDefault(candidate => IsPart(word, candidate));
    }

    private static bool IsPart(string word, string candidate) =>
        word.Contains(candidate, StringComparison.OrdinalIgnoreCase) || (word.Length >= 3 && candidate.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Insertions, deletions, replacements and swaps of neighbours from one to the other, case aside (optimal string alignment).</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > to.Length) return int.MaxValue;
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var replace = rows[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
                rows[i, j] = Math.Min(replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                var swapped = i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]);
                if (swapped) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[from.Length, to.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}

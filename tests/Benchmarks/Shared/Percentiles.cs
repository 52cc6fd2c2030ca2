namespace NetBootFabric.Benchmarks.Shared;

public static class Percentiles
{
    /// <summary>The smallest of <paramref name="values"/> that at least <paramref name="percent"/> of a hundred do not exceed (nearest rank); null without values.</summary>
    public static double? Of(IReadOnlyList<double> values, double percent)
    {
        if (values.Count == 0) return null;
        var sorted = values.Order().ToArray();
        return sorted[Math.Max((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0)];
    }
}

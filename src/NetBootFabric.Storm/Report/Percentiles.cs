namespace NetBootFabric.Storm.Report;

/// <summary>Of a set of times, in seconds.</summary>
/// <param name="Count">How many there are; with none the times are 0.</param>
internal sealed record Percentiles(int Count, double Fastest, double Median, double P90, double P99, double Slowest)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalSeconds).Order().ToArray();
        return sorted.Length == 0 ? new Percentiles(0, 0, 0, 0, 0, 0)
            : new Percentiles(sorted.Length, sorted[0], At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99), sorted[^1]);
    }

    /// <summary>The smallest time that at least this share of all does not exceed.</summary>
    private static double At(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}

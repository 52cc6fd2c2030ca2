namespace NetBootFabric.Pbm.Show;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Heights = " ▁▂▃▄▅▆▇█";

    /// <param name="columns">At most; each then stands for the highest of its values.</param>
    public static string Of(IReadOnlyList<int> values, int columns)
    {
        if (values.Count == 0) return "";
        var each = (values.Count + columns - 1) / columns;
        var highest = Math.Max(1, values.Max());
        return string.Concat(values.Chunk(each).Select(part => Heights[(int)Math.Ceiling(part.Max() * (Heights.Length - 1) / (double)highest)]));
    }
}

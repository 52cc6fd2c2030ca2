using System.Text.RegularExpressions;

namespace NetBootFabric.Architecture.Tests;

public sealed partial class SourceTests
{
    [Fact]
    public void Tests_do_not_sleep()
    {
        var sleepers = Repository.Sources("tests").Where(file => !file.EndsWith(nameof(SourceTests) + ".cs", StringComparison.Ordinal) && !KeepsPace(file) && Sleep().IsMatch(File.ReadAllText(file)));
        Assert.Empty(sleepers.Select(Path.GetFileName));
    }

    [Fact]
    public void Time_comes_from_a_TimeProvider()
    {
        // pbm prints ages for people: nothing is decided by its clock.
        var readers = Repository.Sources("src").Where(file => !file.Contains("NetBootFabric.Pbm/", StringComparison.Ordinal) && WallClock().IsMatch(File.ReadAllText(file)));
        Assert.Empty(readers.Select(Path.GetFileName));
    }

    [Fact]
    public void No_source_file_has_over_a_thousand_lines() =>
        Assert.Empty(Repository.Sources("src").Where(file => File.ReadLines(file).Count() > 1000).Select(Path.GetFileName));

    /// <summary>Sends or measures at a steady pace, and waits for nothing.</summary>
    private static bool KeepsPace(string file) => file.Contains("/Measuring/", StringComparison.Ordinal) || file.EndsWith("/Lab/Heads/Prober.cs", StringComparison.Ordinal);

    /// <summary>To wait for ever, in a process that is to be killed, is no wait for a time.</summary>
    [GeneratedRegex(@"Thread\.Sleep\((?!Timeout\.Infinite\))")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now)\b")]
    private static partial Regex WallClock();
}

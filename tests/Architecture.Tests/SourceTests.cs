using System.Text.RegularExpressions;

namespace NetBootFabric.Architecture.Tests;

public sealed partial class SourceTests
{
    [Fact]
    public void Sources_name_no_actor_engine()
    {
        var sources = Repository.Sources("src").Where(file => !file.Contains("NetBootFabric.Actors/", StringComparison.Ordinal) && !PerEngine().IsMatch(file) && !IsAkkas(file));
        Assert.Empty(sources.Where(file => EngineName().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName));
    }

    [Fact]
    public void Every_file_of_the_embedded_engine_has_its_twin()
    {
        var files = Repository.Sources("src").Where(file => PerEngine().IsMatch(file)).ToHashSet();
        Assert.Empty(files.Where(file => file.EndsWith(".Embedded.cs", StringComparison.Ordinal) && !files.Contains(Twin(file)) && !OneSided(file)).Select(Path.GetFileName));
    }

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

    private static string Twin(string file) => file.Replace(".Embedded.cs", ".Akka.cs", StringComparison.Ordinal);

    /// <summary>Journals of the embedded engine, and what it needs to be a cluster on one database: Akka brings its own.</summary>
    private static bool OneSided(string file) =>
        file.Contains("NetBootFabric.Storage/", StringComparison.Ordinal);

    /// <summary>Several head nodes on Akka.NET: compiled with that engine only.</summary>
    private static bool IsAkkas(string file) =>
        file.Contains("NetBootFabric.Cluster/", StringComparison.Ordinal)
        && (file.Contains("/Links/", StringComparison.Ordinal) || file.Contains("/Membership/", StringComparison.Ordinal) || file.Contains("/Sharding/", StringComparison.Ordinal) || Path.GetFileName(file) == "FabricSettings.cs");

    /// <summary>Sends or measures at a steady pace, and waits for nothing.</summary>
    private static bool KeepsPace(string file) => file.Contains("/Measuring/", StringComparison.Ordinal) || file.EndsWith("/Lab/Heads/Prober.cs", StringComparison.Ordinal);

    [GeneratedRegex(@"\.(Embedded|Akka)\.cs$")]
    private static partial Regex PerEngine();

    [GeneratedRegex(@"\b(using|namespace)\s+[^;]*\b(Akka|NetBootFabric\.Actors)\b|NetBootFabric\.Actors\.|\bAkka\.(?!NET\b)[A-Z]")]
    private static partial Regex EngineName();

    /// <summary>To wait for ever, in a process that is to be killed, is no wait for a time.</summary>
    [GeneratedRegex(@"Thread\.Sleep\((?!Timeout\.Infinite\))")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now)\b")]
    private static partial Regex WallClock();
}

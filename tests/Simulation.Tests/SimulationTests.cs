using Xunit.Abstractions;

namespace NetBootFabric.Simulation.Tests;

/// <summary>
/// Head nodes in virtual time, against machines, network and disk that do their worst. <c>NETBOOT_SIM_SEEDS=n</c> runs more seeds (from
/// <c>NETBOOT_SIM_FIRST</c> on), <c>NETBOOT_SIM_SEED=n</c> and <c>NETBOOT_SIM_CLUSTER_SEED=n</c> replay one and print what happens.
/// </summary>
public sealed partial class SimulationTests(ITestOutputHelper output)
{
    private const int FailuresShown = 3;

    [Fact]
    public void Whatever_happens_no_promise_is_broken_and_everybody_boots() => Check(Seeds.OfOne);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(5, true)]
    public void The_same_seed_gives_the_same_run(int seed, bool isCluster)
    {
        var (first, second) = (Scenario.Run(seed, isCluster), Scenario.Run(seed, isCluster));
        Assert.Equal((first.Count, first.Hash), (second.Count, second.Hash));
        Assert.NotEqual(first.Hash, Scenario.Run(seed + 100, isCluster).Hash);
    }

    private void Check(Seeds seeds)
    {
        if (seeds.Replayed is { } seed)
        {
            Replay(seeds, seed);
            return;
        }
        var failures = seeds.Failures();
        foreach (var failure in failures.Take(FailuresShown)) output.WriteLine(failure.Message);
        Assert.True(failures.Count == 0, string.Join('\n', failures.Select(failure => $"seed {failure.Seed}: {failure.What}")));
    }

    private void Replay(Seeds seeds, int seed)
    {
        var failure = seeds.Try(seed, out var trace);
        output.WriteLine(trace.Tail(int.MaxValue));
        output.WriteLine($"seed {seed}: {trace.Count} entries, hash {trace.Hash:x16}, {failure?.What ?? "nothing broken"}");
        Assert.Null(failure?.What);
    }
}

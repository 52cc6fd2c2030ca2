using Xunit.Abstractions;

namespace NetBootFabric.Simulation.Tests;

/// <summary>
/// One head node in virtual time, against machines, network and disk that do their worst. <c>NETBOOT_SIM_SEEDS=n</c> runs more seeds,
/// <c>NETBOOT_SIM_SEED=n</c> replays one and prints what happens.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int FailuresShown = 3;

    [Fact]
    public void Whatever_happens_no_promise_is_broken_and_everybody_boots()
    {
        if (Seeds.Replayed is { } seed)
        {
            Replay(seed);
            return;
        }
        var failures = Seeds.Failures(1, Seeds.Count);
        foreach (var failure in failures.Take(FailuresShown)) output.WriteLine(failure.Message);
        Assert.Empty(failures.Select(failure => failure.Message.Split('\n')[0]));
    }

    private void Replay(int seed)
    {
        var failure = Seeds.Try(seed, out var trace);
        output.WriteLine(trace.Tail(int.MaxValue));
        output.WriteLine($"seed {seed}: {trace.Count} entries, hash {trace.Hash:x16}, {failure?.What ?? "nothing broken"}");
        Assert.Null(failure?.What);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_run(int seed)
    {
        var (first, second) = (Scenario.Run(seed), Scenario.Run(seed));
        Assert.Equal((first.Count, first.Hash), (second.Count, second.Hash));
        Assert.NotEqual(first.Hash, Scenario.Run(seed + 100).Hash);
    }
}

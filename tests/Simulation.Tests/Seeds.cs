using System.Collections.Concurrent;
using System.Globalization;
using NetBootFabric.Simulation.Tests.Plants;

namespace NetBootFabric.Simulation.Tests;

/// <summary>Runs many seeds, each in one thread, two at a time: of one head node that is alone, or of clusters.</summary>
internal sealed class Seeds(bool isCluster)
{
    public static readonly Seeds OfOne = new(isCluster: false);
    public static readonly Seeds OfClusters = new(isCluster: true);

    public int Count => Number("NETBOOT_SIM_SEEDS") ?? (isCluster ? 200 : 1000);

    /// <summary>Where to begin: another part of the seeds each time.</summary>
    public int First => Number("NETBOOT_SIM_FIRST") ?? 1;

    /// <summary>The one seed to replay; null: all.</summary>
    public int? Replayed => Number(ReplayVariable(isCluster));

    public static string ReplayVariable(bool isCluster) => isCluster ? "NETBOOT_SIM_CLUSTER_SEED" : "NETBOOT_SIM_SEED";

    /// <summary>The failures, the lowest seed first.</summary>
    public IReadOnlyList<SimulationFailure> Failures()
    {
        var failures = new ConcurrentBag<SimulationFailure>();
        Parallel.For(First, First + Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, 4) }, seed =>
        {
            if (Try(seed) is { } failure) failures.Add(failure);
        });
        return [.. failures.OrderBy(failure => failure.Seed)];
    }

    public SimulationFailure? Try(int seed, Plant? plant = null) => Try(seed, out _, plant);

    public SimulationFailure? Try(int seed, out Trace trace, Plant? plant = null)
    {
        try
        {
            trace = Scenario.Run(seed, isCluster, plant);
            return null;
        }
        catch (SimulationFailure failure)
        {
            trace = failure.Trace;
            return failure;
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}

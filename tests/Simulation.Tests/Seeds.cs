using System.Collections.Concurrent;
using System.Globalization;
using NetBootFabric.Simulation.Tests.Plants;

namespace NetBootFabric.Simulation.Tests;

/// <summary>Runs many seeds, each in one thread, two at a time.</summary>
internal static class Seeds
{
    public static int Count => Number("NETBOOT_SIM_SEEDS") ?? 1000;

    /// <summary>The one seed to replay; null: all.</summary>
    public static int? Replayed => Number("NETBOOT_SIM_SEED");

    /// <summary>The failures, the lowest seed first.</summary>
    public static IReadOnlyList<SimulationFailure> Failures(int first, int count)
    {
        var failures = new ConcurrentBag<SimulationFailure>();
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, 4) }, seed =>
        {
            if (Try(seed) is { } failure) failures.Add(failure);
        });
        return [.. failures.OrderBy(failure => failure.Seed)];
    }

    public static SimulationFailure? Try(int seed, Plant? plant = null) => Try(seed, out _, plant);

    public static SimulationFailure? Try(int seed, out Trace trace, Plant? plant = null)
    {
        try
        {
            trace = Scenario.Run(seed, plant);
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

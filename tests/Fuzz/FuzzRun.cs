using System.Diagnostics;
using System.Globalization;

namespace NetBootFabric.Fuzz;

/// <summary>
/// Feeds a target with inputs from consecutive seeds, for a bounded number and time. A failure names the seed of its one input; with that in
/// <c>NETBOOT_FUZZ_SEED</c> the run makes this input and no other.
/// </summary>
internal static class FuzzRun
{
    private const string Variable = "NETBOOT_FUZZ_SEED";
    private const int Inputs = 100_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public static void Run(IReadOnlyList<byte[]> corpus, Action<byte[]> target)
    {
        var mutator = new Mutator(corpus);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } one)
        {
            target(mutator.Make(ulong.Parse(one, CultureInfo.InvariantCulture)));
            return;
        }
        var seed = (ulong)Random.Shared.NextInt64();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Inputs && clock.Elapsed < Limit; i++, seed++) Try(mutator, target, seed);
    }

    private static void Try(Mutator mutator, Action<byte[]> target, ulong seed)
    {
        var input = mutator.Make(seed);
        try
        {
            target(input);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"replay with {Variable}={seed}; the input is {Convert.ToHexString(input)}"), failure);
        }
    }
}

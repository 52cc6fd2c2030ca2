namespace NetBootFabric.Testing;

/// <summary>What a path allocates on the managed heap.</summary>
public static class AllocationBudget
{
    private const int Attempts = 5;

    public static void Nothing(Action run) => Assert.Equal(0, Least(run));

    /// <summary>
    /// Octets that this thread allocates, the least of a few runs: code that allocates does so in each of them, while the runtime's own (a method
    /// compiled anew at a higher tier, say) shows in one.
    /// </summary>
    public static long Least(Action run)
    {
        run(); // compiles, and fills what is filled once
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    /// <summary>Passes when <paramref name="rounds"/> runs allocate no more than <paramref name="octets"/> a run, on this thread.</summary>
    public static void AtMost(long octets, int rounds, Action run)
    {
        var least = Least(() =>
        {
            for (var i = 0; i < rounds; i++) run();
        }) / rounds;
        Assert.True(least <= octets, $"{least} octets a run; the budget is {octets}");
    }
}

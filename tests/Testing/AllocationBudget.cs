namespace NetBootFabric.Testing;

/// <summary>Asserts that a hot path allocates nothing on the managed heap.</summary>
public static class AllocationBudget
{
    private const int Attempts = 5;

    /// <summary>
    /// Passes when any of a few runs allocates nothing: code that allocates does so in each of them, while the runtime's own (a method
    /// compiled anew at a higher tier, say) shows in one.
    /// </summary>
    public static void Nothing(Action run)
    {
        run(); // compiles, and fills what is filled once
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }
}

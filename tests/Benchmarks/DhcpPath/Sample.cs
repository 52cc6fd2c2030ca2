using System.Diagnostics;

namespace NetBootFabric.Benchmarks;

/// <summary>What the process has used so far.</summary>
internal readonly record struct Sample(long At, TimeSpan Processor, long Allocated, long Switches, long Commits, long Items, int Young, int Middle, int Old, TimeSpan Paused)
{
    public static Sample Take(PathUnderTest node) => new(
        Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), ContextSwitches(), node.Store.Commits, node.Store.Items,
        GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration());

    public void Print(int round, Sample before, int exchanges)
    {
        var seconds = Stopwatch.GetElapsedTime(before.At, At).TotalSeconds;
        var processor = (Processor - before.Processor).TotalMicroseconds / exchanges;
        var grouped = (Items - before.Items) / (double)Math.Max(1, Commits - before.Commits);
        Console.WriteLine($"{round,5} {exchanges / seconds,9:F0} {processor,8:F1} {(Allocated - before.Allocated) / exchanges,8} {(Switches - before.Switches) / (double)exchanges,8:F2} {grouped,10:F1} {$"{Young - before.Young}/{Middle - before.Middle}/{Old - before.Old}",12} {(Paused - before.Paused).TotalMicroseconds / exchanges,8:F1} {Environment.WorkingSet >> 20,6}");
    }

    /// <summary>Of all threads, voluntary ones: how often somebody was waited for.</summary>
    private static long ContextSwitches() => Directory.EnumerateDirectories("/proc/self/task").Sum(task =>
        File.ReadLines(Path.Combine(task, "status")).Where(line => line.StartsWith("voluntary_ctxt_switches", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.AsSpan(line.IndexOf(':') + 1))));
}

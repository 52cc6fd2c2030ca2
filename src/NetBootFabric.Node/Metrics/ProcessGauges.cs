using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NetBootFabric.Node.Metrics;

/// <summary>The process itself, under the names that Prometheus' own client libraries give: processor, memory, files, collector, thread pool.</summary>
internal static class ProcessGauges
{
    private const string Descriptors = "/proc/self/fd";

    public static void Create(Meter meter)
    {
        meter.CreateObservableCounter("process.cpu", static () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used");
        meter.CreateObservableGauge("process.resident_memory", static () => Environment.WorkingSet, "By", "Memory that is in the machine's");
        meter.CreateObservableGauge("process.start_time", StartTime, "s", "When the process began, in seconds since 1970");
        meter.CreateObservableGauge("process.threads", static () => Process.GetCurrentProcess().Threads.Count, "{thread}", "Threads of the operating system");
        meter.CreateObservableGauge("process.open_fds", static () => Directory.Exists(Descriptors) ? Directory.EnumerateFileSystemEntries(Descriptors).Count() : 0, "{file}", "Open files and sockets");
        meter.CreateObservableCounter("dotnet.gc.collections", Collections, "{collection}", "Garbage collections by generation");
        meter.CreateObservableCounter("dotnet.gc.pause", static () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time that collections held everything up");
        meter.CreateObservableCounter("dotnet.gc.allocated", static () => GC.GetTotalAllocatedBytes(), "By", "Memory that was asked for");
        meter.CreateObservableGauge("dotnet.gc.heap", static () => GC.GetTotalMemory(false), "By", "Memory of live objects, and of those not yet collected");
        meter.CreateObservableGauge("dotnet.thread_pool.threads", static () => ThreadPool.ThreadCount, "{thread}", "Threads of the pool");
        meter.CreateObservableGauge("dotnet.thread_pool.queue", static () => ThreadPool.PendingWorkItemCount, "{item}", "Work that waits for a thread of the pool");
    }

    private static double StartTime()
    {
        using var self = Process.GetCurrentProcess();
        return (self.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }

    private static IEnumerable<Measurement<int>> Collections() =>
        Enumerable.Range(0, GC.MaxGeneration + 1).Select(static generation => new Measurement<int>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation)));
}

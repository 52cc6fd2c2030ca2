using System.Diagnostics.Tracing;

namespace NetBootFabric.Benchmarks;

/// <summary>What types the allocated octets belong to: the runtime names one in every 100 KiB.</summary>
internal sealed class AllocationTally : EventListener
{
    private const EventKeywords GarbageCollection = (EventKeywords)1;
    private readonly Dictionary<string, ulong> _octets = [];

    public void Print(int exchanges)
    {
        lock (_octets)
        {
            foreach (var (type, octets) in _octets.OrderByDescending(pair => pair.Value).Take(40)) Console.WriteLine($"{octets / (ulong)exchanges,8} {type}");
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Verbose, GarbageCollection);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is not { EventName: { } name, Payload: [_, _, _, ulong octets, _, string type, ..] } || !name.StartsWith("GCAllocationTick", StringComparison.Ordinal)) return;
        lock (_octets) _octets[type] = _octets.GetValueOrDefault(type) + octets;
    }
}

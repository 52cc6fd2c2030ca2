using System.Collections.Concurrent;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Tftp.Tests.Serving;

internal sealed class RecordedEvents : IBootEvents
{
    private readonly ConcurrentQueue<TransferEvent> _all = new();

    public IReadOnlyList<TransferEvent> All => [.. _all];

    public void Report(TransferEvent transfer) => _all.Enqueue(transfer);

    public void Report(ArpObservation observation) => throw new NotSupportedException();

    public void Report(SystemReport report) => throw new NotSupportedException();

    /// <summary>Waits for an event; a real server reports from its own thread.</summary>
    public TransferEvent Await(Func<TransferEvent, bool> wanted)
    {
        TransferEvent? found = null;
        Assert.True(SpinWait.SpinUntil(() => (found = _all.FirstOrDefault(wanted)) is not null, TimeSpan.FromSeconds(30)), "the event did not come");
        return found!;
    }
}

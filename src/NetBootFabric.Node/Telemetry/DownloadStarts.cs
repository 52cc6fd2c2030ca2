using System.Collections.Concurrent;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Node.Telemetry;

/// <summary>When the latest downloads began: a client's record knows only how they went on.</summary>
internal sealed class DownloadStarts(IBootEvents next) : IBootEvents
{
    /// <summary>A storm's downloads within a few boots' time; a span whose start is forgotten begins at its end.</summary>
    private const int Kept = 65_536;

    private readonly ConcurrentDictionary<(TransferProtocol Protocol, long Transfer), DateTimeOffset> _starts = new();
    private readonly ConcurrentQueue<(TransferProtocol Protocol, long Transfer)> _order = new();
    private int _count;

    public DateTimeOffset? Find(TransferProtocol protocol, long transfer) => _starts.TryGetValue((protocol, transfer), out var at) ? at : null;

    public void Report(TransferEvent transfer)
    {
        if (transfer.Stage == TransferStage.Started) Keep((transfer.Protocol, transfer.Transfer), transfer.At);
        next.Report(transfer);
    }

    public void Report(ArpObservation observation) => next.Report(observation);

    public void Report(SystemReport report) => next.Report(report);

    private void Keep((TransferProtocol Protocol, long Transfer) key, DateTimeOffset at)
    {
        if (!_starts.TryAdd(key, at)) return;
        _order.Enqueue(key);
        if (Interlocked.Increment(ref _count) <= Kept || !_order.TryDequeue(out var oldest)) return;
        _starts.TryRemove(oldest, out _);
        Interlocked.Decrement(ref _count);
    }
}

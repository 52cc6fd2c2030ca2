using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Node.Metrics;

/// <summary>Counts and times downloads on their way to the clients' actors, for TFTP and HTTP alike.</summary>
internal sealed class TransferMetrics : IBootEvents
{
    /// <summary>Downloads that are timed at once; beyond it they are counted only.</summary>
    private const int Timed = 65_536;

    private readonly IBootEvents _clients;
    private readonly ConcurrentDictionary<(TransferProtocol Protocol, long Transfer), DateTimeOffset> _running = new();
    private int _timed;
    private readonly Counter<long> _ended, _failures, _bytes, _retransmissions;
    private readonly Histogram<double> _duration;

    public TransferMetrics(Meter meter, IBootEvents clients)
    {
        _clients = clients;
        _ended = meter.CreateCounter<long>("netboot.transfers", "{transfer}", "Downloads that ended, by protocol, role and outcome (Done, Aborted, Failed)");
        _failures = meter.CreateCounter<long>("netboot.transfer.failures", "{transfer}", "Downloads that failed, by protocol and cause");
        _bytes = meter.CreateCounter<long>("netboot.transfer.content", "By", "Octets of content in downloads that ended, by protocol and role");
        _retransmissions = meter.CreateCounter<long>("netboot.transfer.retransmissions", "{packet}", "Packets sent again in downloads that ended");
        _duration = meter.CreateHistogram("netboot.transfer.duration", "s", "Time that whole downloads took, by protocol and role", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });
    }

    public void Report(TransferEvent transfer)
    {
        Count(transfer);
        _clients.Report(transfer);
    }

    public void Report(ArpObservation observation) => _clients.Report(observation);

    public void Report(SystemReport report) => _clients.Report(report);

    private void Count(TransferEvent transfer)
    {
        if (transfer.Stage == TransferStage.Progress) return;
        var key = (transfer.Protocol, transfer.Transfer);
        if (transfer.Stage == TransferStage.Started)
        {
            if (Volatile.Read(ref _timed) < Timed && _running.TryAdd(key, transfer.At)) Interlocked.Increment(ref _timed);
            return;
        }
        var (protocol, role) = (new KeyValuePair<string, object?>("protocol", transfer.Protocol), new KeyValuePair<string, object?>("role", transfer.Role));
        _ended.Add(1, protocol, role, new("outcome", transfer.Stage));
        _bytes.Add(transfer.Bytes, protocol, role);
        if (transfer.Retransmissions > 0) _retransmissions.Add(transfer.Retransmissions, protocol);
        if (transfer.Stage == TransferStage.Failed) _failures.Add(1, protocol, new("cause", transfer.Failure));
        if (!_running.TryRemove(key, out var began)) return;
        Interlocked.Decrement(ref _timed);
        if (transfer.Stage == TransferStage.Done) _duration.Record(Math.Max(0, (transfer.At - began).TotalSeconds), protocol, role);
    }
}

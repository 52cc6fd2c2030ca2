using System.Diagnostics.Metrics;
using NetBootFabric.Boot.Events;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp;

/// <summary>What the server counts, as instruments of the meter <c>NetBootFabric.Tftp</c> and as plain numbers.</summary>
public sealed class TftpMetrics : IDisposable
{
    public const string MeterName = "NetBootFabric.Tftp";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _packets, _ended;
    private readonly Counter<long> _faults;
    private readonly Counter<long> _takenOver;
    private long _takeovers;
    private long _answered, _rejected, _ignored, _faulted, _bytes, _retransmissions, _active;

    internal TftpMetrics(TransferGovernor governor)
    {
        _packets = _meter.CreateCounter<long>("netboot.tftp.packets", "{packet}", "Requests and stray packets, by outcome (answered, rejected, ignored) and reason");
        _ended = _meter.CreateCounter<long>("netboot.tftp.transfers", "{transfer}", "Transfers ended, by outcome and cause");
        _takenOver = _meter.CreateCounter<long>("netboot.tftp.taken_over", "{transfer}", "Transfers of another head node that this one goes on with");
        _faults = _meter.CreateCounter<long>("netboot.tftp.faults", "{exception}", "Exceptions while a packet was handled, by kind");
        _meter.CreateObservableCounter("netboot.tftp.sent", () => Bytes, "By", "Octets of files sent, repetitions included");
        _meter.CreateObservableCounter("netboot.tftp.retransmissions", () => Retransmissions, "{packet}", "Packets sent again");
        _meter.CreateObservableUpDownCounter("netboot.tftp.active", () => Active, "{transfer}", "Transfers that run");
        _meter.CreateObservableUpDownCounter("netboot.tftp.held", () => (long)governor.Held, "{request}", "Requests that wait until the link has room for them");
        _meter.CreateObservableUpDownCounter("netboot.tftp.window", () => (long)governor.Window, "By", "Octets that may be under way to all clients together");
    }

    public long Answered => Interlocked.Read(ref _answered);
    public long Rejected => Interlocked.Read(ref _rejected);
    public long Ignored => Interlocked.Read(ref _ignored);
    public long Bytes => Interlocked.Read(ref _bytes);
    public long Retransmissions => Interlocked.Read(ref _retransmissions);
    public long Active => Interlocked.Read(ref _active);

    /// <summary>Transfers of another head node that this one went on with.</summary>
    public long TakenOver => Interlocked.Read(ref _takeovers);

    /// <summary>Exceptions on a packet's path: each is a mistake of ours.</summary>
    public long Faulted => Interlocked.Read(ref _faulted);

    /// <summary>The latest of them.</summary>
    public Exception? LastFault { get; private set; }

    internal void Fault(Exception exception)
    {
        LastFault = exception;
        Interlocked.Increment(ref _faulted);
        _faults.Add(1, new KeyValuePair<string, object?>("exception", exception.GetType().Name));
    }

    internal void Answer() => Count(ref _answered, "answered", "request");

    internal void Reject(string reason) => Count(ref _rejected, "rejected", reason);

    internal void Reject(TftpRefusal reason) => Reject(Reasons[(int)reason]);

    internal void Ignore(string reason) => Count(ref _ignored, "ignored", reason);

    internal void Sent(long bytes, long retransmissions)
    {
        if (bytes > 0) Interlocked.Add(ref _bytes, bytes);
        if (retransmissions > 0) Interlocked.Add(ref _retransmissions, retransmissions);
    }

    internal void TakeOver()
    {
        Interlocked.Increment(ref _takeovers);
        _takenOver.Add(1);
    }

    /// <summary>It goes on elsewhere.</summary>
    internal void LetGo()
    {
        Interlocked.Decrement(ref _active);
        _ended.Add(1, new("outcome", "LetGo"), new("cause", TransferFailure.None));
    }

    internal void Began() => Interlocked.Increment(ref _active);

    internal void Ended(TransferStage stage, TransferFailure failure)
    {
        Interlocked.Decrement(ref _active);
        _ended.Add(1, new("outcome", stage), new("cause", failure));
    }

    public void Dispose() => _meter.Dispose();

    private static readonly string[] Reasons = [.. Enum.GetValues<TftpRefusal>().Select(static refusal => refusal.ToString())];

    private void Count(ref long total, string outcome, string reason)
    {
        Interlocked.Increment(ref total);
        _packets.Add(1, new("outcome", outcome), new KeyValuePair<string, object?>("reason", reason));
    }
}

using System.Diagnostics.Metrics;
using NetBootFabric.Wire.Arp;

namespace NetBootFabric.Arp;

/// <summary>What watchers and probers count, as instruments of the meter <c>NetBootFabric.Arp</c> and as plain numbers.</summary>
public sealed class ArpMetrics : IDisposable
{
    public const string MeterName = "NetBootFabric.Arp";

    private static readonly string[] Refusals = [.. Enum.GetValues<ArpRefusal>().Select(static refusal => refusal.ToString())];
    private static readonly string[] Silences = [.. Enum.GetValues<ArpSilence>().Select(static silence => silence.ToString())];

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _packets;
    private long _reported, _ignored, _rejected, _proxied, _probes, _faults;

    public ArpMetrics()
    {
        _packets = _meter.CreateCounter<long>("netboot.arp.packets", "{packet}", "ARP packets heard, by outcome (reported, ignored, rejected) and reason");
        _meter.CreateObservableCounter("netboot.arp.probes", () => Probes, "{packet}", "Probes of pool addresses ahead of their use");
        _meter.CreateObservableCounter("netboot.arp.faults", () => Faults, "{error}", "Errors in the handling of a packet");
    }

    public long Reported => Interlocked.Read(ref _reported);
    public long Ignored => Interlocked.Read(ref _ignored);
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Of the ignored: from machines that answer for many addresses. When this grows, switch proxy ARP off on that router: probing finds nothing behind it.</summary>
    public long ProxyArp => Interlocked.Read(ref _proxied);

    public long Probes => Interlocked.Read(ref _probes);
    public long Faults => Interlocked.Read(ref _faults);

    internal void Report(in ArpFinding finding)
    {
        Interlocked.Increment(ref _reported);
        _packets.Add(1, new("outcome", "reported"), new("reason", finding.Sighting));
    }

    internal void Ignore(ArpSilence silence)
    {
        if (silence == ArpSilence.ProxyArp) Interlocked.Increment(ref _proxied);
        if (silence == ArpSilence.BadSender) Count(ref _rejected, "rejected", Silences[(int)silence]);
        else Count(ref _ignored, "ignored", Silences[(int)silence]);
    }

    internal void Reject(ArpRefusal refusal) => Count(ref _rejected, "rejected", Refusals[(int)refusal]);

    internal void Probed() => Interlocked.Increment(ref _probes);

    internal void Faulted() => Interlocked.Increment(ref _faults);

    public void Dispose() => _meter.Dispose();

    private void Count(ref long total, string outcome, string reason)
    {
        Interlocked.Increment(ref total);
        _packets.Add(1, new("outcome", outcome), new KeyValuePair<string, object?>("reason", reason));
    }
}

using System.Diagnostics.Metrics;
using NetBootFabric.Wire.Ndp;

namespace NetBootFabric.Ndp;

/// <summary>What advertisers count, as instruments of the meter <c>NetBootFabric.Ndp</c> and as plain numbers.</summary>
public sealed class NdpMetrics : IDisposable
{
    public const string MeterName = "NetBootFabric.Ndp";

    private static readonly string[] Refusals = [.. Enum.GetValues<NdpRefusal>().Select(static refusal => refusal.ToString())];
    private static readonly string[] Silences = [.. Enum.GetValues<NdpSilence>().Select(static silence => silence.ToString())];

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _packets;
    private long _answered, _ignored, _rejected, _faults;

    public NdpMetrics()
    {
        _packets = _meter.CreateCounter<long>("netboot.ndp.packets", "{packet}", "Router solicitations heard, by outcome (answered, ignored, rejected) and reason");
        _meter.CreateObservableCounter("netboot.ndp.answered", () => Answered, "{packet}", "Router advertisements sent");
        _meter.CreateObservableCounter("netboot.ndp.faults", () => Faults, "{error}", "Errors in the handling of a packet, or of the interface in sending one");
    }

    public long Answered => Interlocked.Read(ref _answered);
    public long Ignored => Interlocked.Read(ref _ignored);
    public long Rejected => Interlocked.Read(ref _rejected);
    public long Faults => Interlocked.Read(ref _faults);

    internal void Answer() => Count(ref _answered, "answered", "Booting");

    internal void Ignore(NdpSilence silence) => Count(ref _ignored, "ignored", Silences[(int)silence]);

    internal void Reject(NdpRefusal refusal) => Count(ref _rejected, "rejected", Refusals[(int)refusal]);

    internal void Faulted() => Interlocked.Increment(ref _faults);

    public void Dispose() => _meter.Dispose();

    private void Count(ref long total, string outcome, string reason)
    {
        Interlocked.Increment(ref total);
        _packets.Add(1, new("outcome", outcome), new KeyValuePair<string, object?>("reason", reason));
    }
}

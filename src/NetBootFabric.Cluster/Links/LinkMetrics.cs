using System.Diagnostics.Metrics;

namespace NetBootFabric.Cluster.Links;

/// <summary>What links count, as instruments of the meter <c>NetBootFabric.Link</c>.</summary>
internal sealed class LinkMetrics : IDisposable
{
    public const string MeterName = "NetBootFabric.Link";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _drops, _refusals;
    private long _sentFrames, _sentBytes, _writes, _receivedFrames, _receivedBytes, _breaks;
    private int _up;

    public LinkMetrics()
    {
        _meter.CreateObservableCounter("netboot.link.frames", () => Both(ref _sentFrames, ref _receivedFrames), "{frame}", "Frames to and from other head nodes");
        _meter.CreateObservableCounter("netboot.link.bytes", () => Both(ref _sentBytes, ref _receivedBytes), "By", "Octets of these frames, headers included");
        _meter.CreateObservableCounter("netboot.link.writes", () => Interlocked.Read(ref _writes), "{write}", "Writes that carried the frames sent");
        _meter.CreateObservableCounter("netboot.link.breaks", () => Interlocked.Read(ref _breaks), "{link}", "Links that broke");
        _meter.CreateObservableGauge("netboot.link.up", () => Volatile.Read(ref _up), "{link}", "Links that are up");
        _drops = _meter.CreateCounter<long>("netboot.link.drops", "{frame}", "Frames not sent, by reason");
        _refusals = _meter.CreateCounter<long>("netboot.link.refused", "{connection}", "Diallers hung up on, by reason");
    }

    public void Dispose() => _meter.Dispose();

    public void Sent(int frames, int bytes)
    {
        Interlocked.Add(ref _sentFrames, frames);
        Interlocked.Add(ref _sentBytes, bytes);
        Interlocked.Increment(ref _writes);
    }

    public void Received(int bytes)
    {
        Interlocked.Increment(ref _receivedFrames);
        Interlocked.Add(ref _receivedBytes, bytes);
    }

    public void Drop(string reason) => _drops.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Refuse(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Up() => Interlocked.Increment(ref _up);

    public void Broke()
    {
        Interlocked.Decrement(ref _up);
        Interlocked.Increment(ref _breaks);
    }

    private static Measurement<long>[] Both(ref long sent, ref long received) =>
        [new(Interlocked.Read(ref sent), new KeyValuePair<string, object?>("direction", "sent")), new(Interlocked.Read(ref received), new KeyValuePair<string, object?>("direction", "received"))];
}

using System.Diagnostics.Metrics;

namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>What links count, as instruments of the meter <c>NetBootFabric.Link</c> and as plain numbers.</summary>
public sealed class LinkMetrics : IDisposable
{
    public const string MeterName = "NetBootFabric.Link";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _drops, _refusals;
    private long _sentFrames, _sentBytes, _writes, _receivedFrames, _receivedBytes, _dropped, _refused, _breaks, _faults;
    private int _up;

    internal LinkMetrics()
    {
        _meter.CreateObservableCounter("netboot.link.frames", () => Both(FramesSent, FramesReceived), "{frame}", "Frames to and from other head nodes");
        _meter.CreateObservableCounter("netboot.link.bytes", () => Both(BytesSent, BytesReceived), "By", "Octets of these frames, headers included");
        _meter.CreateObservableCounter("netboot.link.writes", () => Writes, "{write}", "Writes that carried the frames sent");
        _meter.CreateObservableCounter("netboot.link.breaks", () => Breaks, "{link}", "Links that broke");
        _meter.CreateObservableCounter("netboot.link.faults", () => Faults, "{error}", "Errors in the handling of a frame received");
        _meter.CreateObservableGauge("netboot.link.up", () => LinksUp, "{link}", "Links that are up");
        _drops = _meter.CreateCounter<long>("netboot.link.drops", "{frame}", "Frames not sent, by reason");
        _refusals = _meter.CreateCounter<long>("netboot.link.refused", "{connection}", "Diallers hung up on, by reason");
    }

    public long FramesSent => Interlocked.Read(ref _sentFrames);
    public long BytesSent => Interlocked.Read(ref _sentBytes);
    public long Writes => Interlocked.Read(ref _writes);
    public long FramesReceived => Interlocked.Read(ref _receivedFrames);
    public long BytesReceived => Interlocked.Read(ref _receivedBytes);

    /// <summary>Frames that were given to Send and did not go out: refused by it, or lost with a link or a peer.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Diallers hung up on before they were a link.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public long Breaks => Interlocked.Read(ref _breaks);
    public long Faults => Interlocked.Read(ref _faults);
    public int LinksUp => Volatile.Read(ref _up);

    public void Dispose() => _meter.Dispose();

    internal void Sent(FrameBatch batch)
    {
        Interlocked.Add(ref _sentFrames, batch.Frames);
        Interlocked.Add(ref _sentBytes, batch.Length);
        Interlocked.Increment(ref _writes);
    }

    internal void Received(int length)
    {
        Interlocked.Increment(ref _receivedFrames);
        Interlocked.Add(ref _receivedBytes, LinkFrame.HeaderSize + length);
    }

    internal void Drop(string reason, int frames = 1)
    {
        if (frames == 0) return;
        Interlocked.Add(ref _dropped, frames);
        _drops.Add(frames, new KeyValuePair<string, object?>("reason", reason));
    }

    internal void Refuse(string reason)
    {
        Interlocked.Increment(ref _refused);
        _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }

    internal void Up() => Interlocked.Increment(ref _up);

    internal void Broke()
    {
        Interlocked.Decrement(ref _up);
        Interlocked.Increment(ref _breaks);
    }

    internal void Faulted() => Interlocked.Increment(ref _faults);

    private static Measurement<long>[] Both(long sent, long received) =>
        [new(sent, new KeyValuePair<string, object?>("direction", "sent")), new(received, new KeyValuePair<string, object?>("direction", "received"))];
}

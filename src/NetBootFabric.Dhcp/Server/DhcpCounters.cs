using System.Diagnostics.Metrics;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp;

/// <summary>
/// What became of every packet: ignored (not for a server), rejected (unusable, with a reason), answered, or dismissed (understood, but without an answer, with a reason).
/// Read cheaply here, or as metrics of the meter <see cref="MeterName"/>.
/// </summary>
public sealed class DhcpCounters : IDisposable
{
    public const string MeterName = "NetBootFabric.Dhcp";

    /// <summary>Made once, so that measuring allocates nothing.</summary>
    private static readonly KeyValuePair<string, object?>[] TypeTags =
        [.. Enumerable.Range(0, (int)Enum.GetValues<DhcpMessageType>().Max() + 1).Select(static type => new KeyValuePair<string, object?>("type", ((DhcpMessageType)type).ToString()))];

    private readonly Meter _meter = new(MeterName);
    private readonly CounterTable<InquiryRefusal> _rejected = new();
    private readonly CounterTable<DhcpMessageType> _inquired = new();
    private readonly CounterTable<DhcpMessageType> _answered = new();
    private readonly CounterTable<DhcpDismissal> _dismissed = new();
    private readonly Histogram<double> _answerTime;
    private long _ignored;
    private long _sendErrors;
    private long _neighbourErrors;
    private long _faults;

    public DhcpCounters()
    {
        _meter.CreateObservableCounter("netboot.dhcp.ignored", () => Ignored, "{packet}", "Packets that are not for a DHCP server.");
        _meter.CreateObservableCounter("netboot.dhcp.rejected", () => _rejected.Measure("reason"), "{packet}", "Packets that are unusable.");
        _meter.CreateObservableCounter("netboot.dhcp.inquiries", () => _inquired.Measure("type"), "{packet}", "Packets handed on to be answered.");
        _meter.CreateObservableCounter("netboot.dhcp.answered", () => _answered.Measure("type"), "{packet}", "Answers sent.");
        _meter.CreateObservableCounter("netboot.dhcp.dismissed", () => _dismissed.Measure("reason"), "{packet}", "Inquiries that got no answer.");
        _meter.CreateObservableCounter("netboot.dhcp.send_errors", () => SendErrors, "{packet}", "Answers that could not be sent.");
        _meter.CreateObservableCounter("netboot.dhcp.neighbour_errors", () => NeighbourErrors, "{entry}", "Neighbour entries that could not be set.");
        _answerTime = _meter.CreateHistogram("netboot.dhcp.answer.duration", "s", "Time from a packet's arrival to its answer, by the answer's type; an ACK waits for its lease to be durable.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });
        _meter.CreateObservableCounter("netboot.dhcp.faults", () => Faults, "{packet}", "Packets on which the server itself failed.");
    }

    public long Ignored => Volatile.Read(ref _ignored);
    public long SendErrors => Volatile.Read(ref _sendErrors);
    public long NeighbourErrors => Volatile.Read(ref _neighbourErrors);
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>The latest failure of the server's own; null: none so far.</summary>
    public Exception? LastFault { get; private set; }

    public long Rejected(InquiryRefusal reason) => _rejected[reason];
    public long Inquired(DhcpMessageType type) => _inquired[type];
    public long Answered(DhcpMessageType type) => _answered[type];
    public long Dismissed(DhcpDismissal reason) => _dismissed[reason];

    public long TotalRejected => _rejected.Total;
    public long TotalInquired => _inquired.Total;
    public long TotalAnswered => _answered.Total;
    public long TotalDismissed => _dismissed.Total;

    public void Dispose() => _meter.Dispose();

    internal void Ignore() => Interlocked.Increment(ref _ignored);
    internal void Reject(InquiryRefusal reason) => _rejected.Increment(reason);
    internal void Inquire(DhcpMessageType type) => _inquired.Increment(type);

    /// <param name="heardAt">In the clock's ticks; 0: unknown.</param>
    internal void Answer(DhcpMessageType type, long heardAt = 0)
    {
        _answered.Increment(type);
        if (heardAt != 0) _answerTime.Record(TimeProvider.System.GetElapsedTime(heardAt).TotalSeconds, TypeTags[(int)type]);
    }

    internal void Dismiss(DhcpDismissal reason) => _dismissed.Increment(reason);
    internal void FailToSend() => Interlocked.Increment(ref _sendErrors);
    internal void FailToSetNeighbour() => Interlocked.Increment(ref _neighbourErrors);

    internal void Fault(Exception exception)
    {
        LastFault = exception;
        Interlocked.Increment(ref _faults);
    }
}

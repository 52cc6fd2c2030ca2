namespace NetBootFabric.Actors.Remote;

/// <summary>What passed the links of a system.</summary>
public sealed class RemoteCounters
{
    private readonly long[] _rejected = new long[Enum.GetValues<FrameFault>().Length];
    private long _sent;
    private long _unsent;
    private long _received;

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages that no serializer takes, or that the transport did not take.</summary>
    public long Unsent => Interlocked.Read(ref _unsent);

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Frames that were no message.</summary>
    public long Rejected => _rejected.Sum();

    internal long RejectedAs(FrameFault fault) => Interlocked.Read(ref _rejected[(int)fault]);

    internal void CountSent() => Interlocked.Increment(ref _sent);

    internal void CountUnsent() => Interlocked.Increment(ref _unsent);

    internal void CountReceived() => Interlocked.Increment(ref _received);

    internal void CountRejected(FrameFault fault) => Interlocked.Increment(ref _rejected[(int)fault]);
}

using System.Buffers.Binary;
using System.Net.Security;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace NetBootFabric.Cluster.Links;

/// <summary>
/// One connection to another head node. A frame is its length, four octets little endian, and what Akka gave. A thread reads and one writes: heartbeats pass also while the thread
/// pool is busy. What waits together is written together.
/// </summary>
internal sealed class LinkAssociation : AssociationHandle, IDisposable
{
    private const int HeaderSize = sizeof(int);

    /// <summary>What waits beyond is refused: Akka keeps it and tries again.</summary>
    private const int MostWaiting = 64 * 1024 * 1024;

    private readonly SslStream _stream;
    private readonly int _longest;
    private readonly LinkMetrics _metrics;

    /// <summary>Pulsed when there is something to write, or nothing more to come.</summary>
    private readonly object _gate = new();
    private MemoryStream _waiting = new();
    private int _frames;
    private int _isClosed;

    public LinkAssociation(Address local, Address remote, SslStream stream, int longest, LinkMetrics metrics) : base(local, remote)
    {
        (_stream, _longest, _metrics) = (stream, longest, metrics);
        metrics.Up();
        _ = ReadHandlerSource.Task.ContinueWith(set => Begin(set.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        new Thread(WriteAll) { IsBackground = true, Name = $"link to {remote.Host}" }.Start();
    }

    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    public override bool Write(ByteString payload)
    {
        if (payload.Length > _longest)
        {
            _metrics.Drop("too long");
            return true;
        }
        lock (_gate)
        {
            // No is for what may pass later: Akka would ask a link that has closed again and again, and not hear that it has.
            if (IsClosed)
            {
                _metrics.Drop("closed");
                return true;
            }
            if (_waiting.Length > MostWaiting) return false;
            Span<byte> header = stackalloc byte[HeaderSize];
            BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length);
            _waiting.Write(header);
            _waiting.Write(payload.Span);
            if (_frames++ == 0) Monitor.Pulse(_gate);
        }
        return true;
    }

    [Obsolete("Akka's own word; it calls the one with a reason.")]
    public override void Disassociate() => Close();

    public void Dispose() => Close();

    private void Begin(IHandleEventListener listener) => new Thread(() => ReadAll(listener)) { IsBackground = true, Name = $"link from {RemoteAddress.Host}" }.Start();

    private void ReadAll(IHandleEventListener listener)
    {
        try
        {
            var header = new byte[HeaderSize];
            while (Volatile.Read(ref _isClosed) == 0)
            {
                _stream.ReadExactly(header);
                var length = BinaryPrimitives.ReadInt32LittleEndian(header);
                if (length < 0 || length > _longest) break;
                var payload = new byte[length];
                _stream.ReadExactly(payload);
                _metrics.Received(HeaderSize + length);
                listener.Notify(new InboundPayload(UnsafeByteOperations.UnsafeWrap(payload)));
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The far end is gone, or this one has closed.
        }
        Close();
        listener.Notify(new Disassociated(DisassociateInfo.Unknown));
    }

    private void WriteAll()
    {
        var spare = new MemoryStream();
        try
        {
            while (true)
            {
                int frames;
                lock (_gate)
                {
                    while (_frames == 0 && !IsClosed) Monitor.Wait(_gate);
                    if (_frames == 0) break;
                    (spare, _waiting, frames, _frames) = (_waiting, spare, _frames, 0);
                }
                _stream.Write(spare.GetBuffer(), 0, (int)spare.Length);
                _metrics.Sent(frames, (int)spare.Length);
                spare.SetLength(0);
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader tells.
        }
        CloseStream();
    }

    /// <summary>What waits is written, as long as the connection carries it.</summary>
    private void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        _metrics.Broke();
        lock (_gate) Monitor.Pulse(_gate);
    }

    private void CloseStream()
    {
        Close();
        _stream.Dispose();
    }
}

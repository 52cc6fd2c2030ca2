using System.Runtime.CompilerServices;

namespace NetBootFabric.Sockets;

/// <summary>
/// An IPv4 UDP socket for servers: batches in and out, each datagram with our own address and interface, nothing allocated per datagram.
/// One thread receives; any thread may send, wake and dispose at any moment.
/// </summary>
public sealed unsafe class DatagramSocket : IDisposable
{
    private readonly NativeSocket _socket;
    private readonly DropCounter _drops = new();
    private volatile int _segmentLimit;

    private DatagramSocket(NativeSocket socket, DatagramSocketOptions options)
    {
        _socket = socket;
        ReceiveBufferBytes = SocketBuffer.Size(socket, Libc.SO_RCVBUF);
        SendBufferBytes = SocketBuffer.Size(socket, Libc.SO_SNDBUF);
        InternetName name;
        socket.GetName(&name, sizeof(InternetName));
        LocalPort = name.Endpoint.Port;
        int segment;
        var offered = options.Segmentation && socket.GetOption(Libc.SOL_UDP, Libc.UDP_SEGMENT, &segment, sizeof(int)) == Errno.None;
        _segmentLimit = offered ? ushort.MaxValue : 0;
    }

    public ushort LocalPort { get; }

    /// <summary>Octets that the kernel granted, its own bookkeeping included; compare with what was asked for.</summary>
    public int ReceiveBufferBytes { get; }

    /// <inheritdoc cref="ReceiveBufferBytes"/>
    public int SendBufferBytes { get; }

    /// <summary>Datagrams that the kernel dropped since the buffer was full, as told by the last datagram received (SO_RXQ_OVFL).</summary>
    public long Drops => _drops.Total;

    /// <summary>The largest datagram that is sent by segmentation: 0 when the kernel or a link does not offer it, lowered when a path is smaller.</summary>
    public int SegmentLimit => _segmentLimit;

    internal NativeSocket Native => _socket;

    public bool IsClosed => _socket.IsClosed;

    /// <exception cref="SocketSetupException">The port is taken, a capability is missing, the device does not exist …</exception>
    public static DatagramSocket Open(DatagramSocketOptions options)
    {
        var socket = NativeSocket.Open(Libc.AF_INET, Libc.SOCK_DGRAM, 0, DatagramSetup.Purpose(options));
        try
        {
            DatagramSetup.Apply(socket, options);
            return new DatagramSocket(socket, options);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for datagrams and fills the batch with what is there. 0 after a <see cref="Wake"/>, when closed, or after an error of the link.</summary>
    public int Receive(DatagramBatch batch) => Receive(batch, Timeout.InfiniteTimeSpan);

    /// <inheritdoc cref="Receive(DatagramBatch)"/>
    /// <param name="timeout">How long to wait, to the nanosecond; zero asks without waiting, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    public int Receive(DatagramBatch batch, TimeSpan timeout) => batch.Receive(_socket, timeout, _drops);

    /// <summary>Sends one datagram without waiting. EAGAIN or ENOBUFS: no room now.</summary>
    [SkipLocalsInit]
    public Errno SendTo(ReadOnlySpan<byte> payload, UdpEndpoint to, LocalAddress from = default)
    {
        var name = new InternetName(to);
        var control = stackalloc byte[SendControl.Size];
        fixed (byte* bytes = payload)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)payload.Length };
            var message = new MessageHeader { Name = &name, NameLength = (uint)sizeof(InternetName), Vectors = &vector, VectorCount = 1 };
            message.ControlLength = (nuint)SendControl.Write(new Span<byte>(control, SendControl.Size), from, segment: 0);
            message.Control = message.ControlLength == 0 ? null : control;
            return _socket.Send(&message);
        }
    }

    /// <summary>
    /// Sends what the batch holds, in order, without waiting; runs of equal size to one peer go as one buffer that the kernel or the
    /// card cuts (UDP_SEGMENT). A datagram that can't go (no route, too large) is skipped and counted. When the send buffer is full the
    /// rest stays in the batch: send again to go on, or clear it.
    /// </summary>
    public SendResult Send(SendBatch batch)
    {
        var result = default(SendResult);
        var suspect = default(Suspect);
        while (!batch.IsSent)
        {
            var messages = batch.Prepare(suspect.Segment > 0 ? 0 : _segmentLimit);
            var sent = _socket.Send(batch.Slots, suspect.Segment > 0 ? 1 : messages, out var error);
            if (error is Errno.EAGAIN or Errno.ENOBUFS or Errno.Closed) return result with { Error = error };
            if (sent <= 0 && Suspect.Of(error, batch.FirstSegmentSize) is { } found)
            {
                suspect = found;
                continue;
            }
            if (sent > 0 && suspect.Segment > 0) _segmentLimit = suspect.Limit;
            suspect = default;
            result = sent > 0 ? result.Went(batch.Advance(sent)) : result.Refused(batch.Advance(1), error);
        }
        return result;
    }

    /// <summary>Waits until the send buffer has room; false after the time-out, a wake or when closed.</summary>
    public bool WaitWritable(TimeSpan timeout) => _socket.WaitWritable(timeout);

    /// <summary>Ends the receive that another thread waits in, or the next one that would wait.</summary>
    public void Wake() => _socket.Wake();

    /// <summary>Closes the socket; a blocked receive ends with 0.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>
    /// A segment size that was refused: for the size, or for something that would stop a plain datagram too. The first datagram of the
    /// run, sent alone, tells: when it goes, the size was why, and <see cref="Limit"/> holds from then on.
    /// </summary>
    private readonly record struct Suspect(int Segment, int Limit)
    {
        public static Suspect? Of(Errno error, int segment) => error switch
        {
            _ when segment == 0 => null,
            Errno.EINVAL or Errno.EMSGSIZE => new Suspect(segment, segment - 1), // it does not fit this path's MTU
            Errno.EIO or Errno.EOPNOTSUPP => new Suspect(segment, 0),            // the link can't do it at all
            _ => null,
        };
    }
}

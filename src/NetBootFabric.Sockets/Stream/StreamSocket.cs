using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace NetBootFabric.Sockets;

/// <summary>One accepted TCP connection; nothing here blocks. For one thread: calls after <see cref="Close"/> answer <see cref="Errno.Closed"/>.</summary>
public sealed class StreamSocket
{
    /// <summary>In octets: ten packets.</summary>
    private const int PacedAhead = 16 * 1024;

    private int _descriptor;

    internal StreamSocket(int descriptor, uint peerAddress, ushort peerPort)
    {
        _descriptor = descriptor;
        (PeerAddress, PeerPort) = (peerAddress, peerPort);
    }

    /// <summary>The client's, in host order.</summary>
    public uint PeerAddress { get; }
    public ushort PeerPort { get; }

    internal int Descriptor => _descriptor;

    /// <summary>Our end: the address that the client spoke to.</summary>
    public unsafe UdpEndpoint Local
    {
        get
        {
            InternetName name = default;
            var length = (uint)sizeof(InternetName);
            return Libc.GetSockName(_descriptor, &name, &length) < 0 ? default : name.Endpoint;
        }
    }

    /// <summary>How many octets came; 0 with <see cref="Errno.None"/>: the client sends no more. EAGAIN: none now.</summary>
    public unsafe int Receive(Span<byte> into, out Errno error)
    {
        if (_descriptor < 0) return Fail(Errno.Closed, out error);
        fixed (byte* bytes = into)
        {
            nint count;
            do count = Libc.Recv(_descriptor, bytes, (nuint)into.Length, Libc.MSG_DONTWAIT);
            while (count < 0 && Libc.LastError == Errno.EINTR);
            return Settle(count, out error);
        }
    }

    /// <summary>How many octets the socket took, from the first on.</summary>
    /// <param name="more">More follows at once: a packet that is not full may wait for it.</param>
    public unsafe int Send(ReadOnlySpan<byte> bytes, bool more, out Errno error)
    {
        if (_descriptor < 0) return Fail(Errno.Closed, out error);
        fixed (byte* first = bytes)
        {
            nint count;
            do count = Libc.Send(_descriptor, first, (nuint)bytes.Length, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL | (more ? Libc.MSG_MORE : 0));
            while (count < 0 && Libc.LastError == Errno.EINTR);
            return Settle(count, out error);
        }
    }

    /// <summary>From the page cache to the socket. 0 with <see cref="Errno.None"/>: the file ends at <paramref name="offset"/>.</summary>
    /// <param name="file">Must stay open during the call.</param>
    public unsafe int SendFile(SafeFileHandle file, long offset, int count, out Errno error)
    {
        if (_descriptor < 0) return Fail(Errno.Closed, out error);
        nint sent;
        do sent = Libc.SendFile(_descriptor, (int)file.DangerousGetHandle(), &offset, (nuint)count);
        while (sent < 0 && Libc.LastError == Errno.EINTR);
        return Settle(sent, out error);
    }

    /// <summary>Since the connection began. False: the kernel does not say.</summary>
    public unsafe bool TryCount(out StreamCounters counters)
    {
        TcpInformation info = default;
        var length = (uint)sizeof(TcpInformation);
        var told = _descriptor >= 0 && Libc.GetSockOpt(_descriptor, Libc.SOL_TCP, Libc.TCP_INFO, &info, &length) == 0 && length == sizeof(TcpInformation);
        counters = told ? new StreamCounters(info.DataSegmentsOut, info.TotalRetransmitted, info.Delivered, info.SegmentSize) : default;
        return told;
    }

    /// <summary>
    /// The connection sends no faster, packet by packet and without bursts (socket(7), SO_MAX_PACING_RATE), and takes little ahead (tcp(7), TCP_NOTSENT_LOWAT): what it has, nobody takes back.
    /// </summary>
    /// <param name="octetsPerSecond">0: as fast as it can, and as much as it has room for.</param>
    public unsafe void Pace(long octetsPerSecond)
    {
        var rate = octetsPerSecond > 0 ? (ulong)octetsPerSecond : ulong.MaxValue;
        var ahead = octetsPerSecond > 0 ? PacedAhead : 0;
        if (_descriptor < 0) return;
        _ = Libc.SetSockOpt(_descriptor, Libc.SOL_SOCKET, Libc.SO_MAX_PACING_RATE, &rate, sizeof(ulong));
        _ = Libc.SetSockOpt(_descriptor, Libc.SOL_TCP, Libc.TCP_NOTSENT_LOWAT, &ahead, sizeof(int));
    }

    /// <summary>Nothing more comes from us; what the client sends is still received.</summary>
    public void EndSending()
    {
        if (_descriptor >= 0) _ = Libc.Shutdown(_descriptor, Libc.SHUT_WR);
    }

    /// <summary>What was sent still goes out.</summary>
    public void Close()
    {
        if (_descriptor < 0) return;
        _ = Libc.Close(_descriptor);
        _descriptor = -1;
    }

    /// <summary>What was sent and not acknowledged is dropped, and the client told so (RST).</summary>
    public unsafe void Abort()
    {
        if (_descriptor < 0) return;
        var linger = new Linger { OnOff = 1 };
        _ = Libc.SetSockOpt(_descriptor, Libc.SOL_SOCKET, Libc.SO_LINGER, &linger, (uint)sizeof(Linger));
        Close();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Settle(nint count, out Errno error)
    {
        error = count < 0 ? Libc.LastError : Errno.None;
        return count < 0 ? 0 : (int)count;
    }

    private static int Fail(Errno reason, out Errno error)
    {
        error = reason;
        return 0;
    }
}

/// <param name="Segments">With data, retransmissions among them; wraps.</param>
/// <param name="Retransmitted">Wraps.</param>
/// <param name="Delivered">That the client has, also behind a gap; wraps.</param>
/// <param name="SegmentSize">In octets.</param>
public readonly record struct StreamCounters(uint Segments, uint Retransmitted, uint Delivered, uint SegmentSize)
{
    /// <summary>At most: segments may be shorter.</summary>
    public long DeliveredOctets => (long)Delivered * SegmentSize;

    public StreamCounters Since(StreamCounters before) =>
        unchecked(new(Segments - before.Segments, Retransmitted - before.Retransmitted, Delivered - before.Delivered, SegmentSize));
}

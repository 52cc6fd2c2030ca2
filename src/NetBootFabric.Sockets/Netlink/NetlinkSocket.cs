using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>What a dump calls for each object: its fixed part with the attributes behind it.</summary>
internal delegate void NetlinkVisitor(ushort type, ReadOnlySpan<byte> body);

/// <summary>
/// A conversation with the kernel's routing tables, of the network namespace that the opening thread is in. One request at a time, from any thread.
/// The kernel works a request off within the send, so its answer is there when the send returns: nothing here waits.
/// </summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    private const int BufferSize = 32 * 1024; // the kernel makes dump parts of at most this

    private readonly Lock _turn = new();
    private readonly SocketHandle _handle;
    private readonly byte[] _request = GC.AllocateArray<byte>(256, pinned: true);
    private readonly byte[] _answer = GC.AllocateArray<byte>(BufferSize, pinned: true);
    private uint _sequence;

    /// <exception cref="SocketSetupException">The kernel refused.</exception>
    public NetlinkSocket()
    {
        var socket = Libc.Socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Libc.NETLINK_ROUTE);
        if (socket < 0) throw SetupAdvice.For(Libc.LastError, SetupStep.Open, "a route netlink socket");
        _handle = new SocketHandle(socket, wake: -1);
    }

    /// <summary>Held by a caller from <see cref="Begin"/> to the end of its request.</summary>
    public Lock Turn => _turn;

    public NetlinkMessage Begin(ushort type, ushort flags) => new(_request, type, flags);

    /// <summary>Sends a change and returns the kernel's verdict.</summary>
    public Errno Request(Span<byte> message)
    {
        if (!_handle.TryEnter()) return Errno.Closed;
        try
        {
            var error = Send(message);
            return error != Errno.None ? error : Collect(visitor: null, out _);
        }
        finally
        {
            _handle.Exit();
        }
    }

    /// <summary>Sends a dump request and visits every object. <paramref name="interrupted"/>: the table changed under the dump, which may lack objects.</summary>
    public Errno Dump(Span<byte> message, NetlinkVisitor visitor, out bool interrupted)
    {
        interrupted = false;
        if (!_handle.TryEnter()) return Errno.Closed;
        try
        {
            var error = Send(message);
            return error != Errno.None ? error : Collect(visitor, out interrupted);
        }
        finally
        {
            _handle.Exit();
        }
    }

    public void Dispose() => _handle.Dispose();

    private Errno Send(Span<byte> message)
    {
        MemoryMarshal.Write(message[8..], ++_sequence);
        nint sent;
        fixed (byte* bytes = message)
        {
            do sent = Libc.Send(_handle.Socket, bytes, (nuint)message.Length, 0);
            while (sent < 0 && Libc.LastError == Errno.EINTR);
        }
        return sent < 0 ? Libc.LastError : Errno.None;
    }

    private Errno Collect(NetlinkVisitor? visitor, out bool interrupted)
    {
        interrupted = false;
        while (true)
        {
            var received = Libc.Recv(_handle.Socket, Unsafe.AsPointer(ref _answer[0]), BufferSize, 0);
            if (received < 0 && Libc.LastError == Errno.EINTR) continue;
            if (received < 0) return Libc.LastError;
            if (Read(_answer.AsSpan(0, (int)received), visitor, ref interrupted) is { } verdict) return verdict;
        }
    }

    /// <summary>Reads the messages of one datagram; a verdict when the answer is complete, null when more follows.</summary>
    private Errno? Read(ReadOnlySpan<byte> bytes, NetlinkVisitor? visitor, ref bool interrupted)
    {
        var headerSize = Unsafe.SizeOf<NetlinkHeader>();
        while (bytes.Length >= headerSize)
        {
            var header = MemoryMarshal.Read<NetlinkHeader>(bytes);
            if (header.Length < headerSize || header.Length > bytes.Length) return Errno.EIO;
            var body = bytes[headerSize..(int)header.Length];
            bytes = bytes[Math.Min(NetlinkAttributes.Aligned((int)header.Length), bytes.Length)..];
            if (header.Sequence != _sequence) continue; // the rest of an answer that was given up
            interrupted |= (header.Flags & NetlinkFlag.DumpInterrupted) != 0;
            // Both carry a negated error number, 0 for success.
            if (header.Type is NetlinkType.Error or NetlinkType.Done) return body.Length < 4 ? Errno.None : (Errno)(-MemoryMarshal.Read<int>(body));
            visitor?.Invoke(header.Type, body);
        }
        return null;
    }
}

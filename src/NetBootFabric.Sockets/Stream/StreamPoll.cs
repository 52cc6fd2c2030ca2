using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>What happened to a socket since it was last told.</summary>
[Flags]
public enum StreamEvents : uint
{
    None = 0,
    Readable = Libc.EPOLLIN,
    Writable = Libc.EPOLLOUT,

    /// <summary>The client sends no more.</summary>
    Ended = Libc.EPOLLRDHUP,

    /// <summary>The connection is gone.</summary>
    Broken = Libc.EPOLLERR | Libc.EPOLLHUP,
}

/// <summary>
/// Waits for many sockets (epoll(7)). A connection is told of once for each change, a listener as long as connections wait and to one of its waiters.
/// One thread waits; any thread may <see cref="Wake"/> it.
/// </summary>
public sealed unsafe class StreamPoll : IDisposable
{
    // struct epoll_event is packed on x64 and nowhere else: 4 octets of flags, (4 of nothing), 8 that come back as they were given.
    private static readonly int Gap = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int Stride = Gap + sizeof(long);
    private const long WakeToken = long.MinValue;

    private readonly SocketHandle _handle;
    private readonly byte[] _happened;
    private readonly int _capacity;

    /// <param name="capacity">Events that one wait tells at most.</param>
    /// <exception cref="SocketSetupException">The kernel refused.</exception>
    public StreamPoll(int capacity)
    {
        _capacity = capacity;
        _happened = GC.AllocateUninitializedArray<byte>(capacity * Stride, pinned: true);
        var poll = Libc.EpollCreate(Libc.EPOLL_CLOEXEC);
        if (poll < 0) throw SetupAdvice.For(Libc.LastError, SetupStep.Open, "an epoll instance");
        var wake = Libc.EventFd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        _handle = new SocketHandle(poll, wake);
        if (wake < 0 || Add(wake, WakeToken, Libc.EPOLLIN) != Errno.None) throw SetupAdvice.For(Libc.LastError, SetupStep.Open, "an event descriptor");
    }

    /// <param name="token">Comes back with each event; not negative.</param>
    public Errno Add(StreamSocket socket, long token) => Add(socket.Descriptor, token, Libc.EPOLLIN | Libc.EPOLLOUT | Libc.EPOLLRDHUP | Libc.EPOLLET);

    /// <param name="token">Not <see cref="long.MinValue"/>.</param>
    public Errno Add(StreamListener listener, long token) => Add(listener.Descriptor, token, Libc.EPOLLIN | Libc.EPOLLEXCLUSIVE);

    public void Remove(StreamListener listener) => _ = Libc.EpollControl(_handle.Socket, Libc.EPOLL_CTL_DEL, listener.Descriptor, null);

    /// <summary>How many events there are, to be read with <see cref="Read"/>; 0 after the time-out or a wake.</summary>
    /// <param name="milliseconds">-1: no time-out.</param>
    public int Wait(int milliseconds)
    {
        if (!_handle.TryEnter()) return 0;
        fixed (byte* happened = _happened)
        {
            var count = Libc.EpollWait(_handle.Socket, happened, _capacity, milliseconds);
            _handle.Exit();
            return Math.Max(count, 0);
        }
    }

    /// <summary>The token, and what happened; a wake has no event.</summary>
    public StreamEvents Read(int index, out long token)
    {
        var happened = _happened.AsSpan(index * Stride, Stride);
        token = MemoryMarshal.Read<long>(happened[Gap..]);
        if (token != WakeToken) return (StreamEvents)MemoryMarshal.Read<uint>(happened);
        ulong count;
        _ = Libc.Read(_handle.Wake, &count, sizeof(ulong));
        return StreamEvents.None;
    }

    public void Wake()
    {
        if (!_handle.TryEnter()) return;
        var one = 1UL;
        _ = Libc.Write(_handle.Wake, &one, sizeof(ulong));
        _handle.Exit();
    }

    public void Dispose() => _handle.Dispose();

    private Errno Add(int descriptor, long token, uint events)
    {
        Span<byte> happening = stackalloc byte[Stride];
        MemoryMarshal.Write(happening, events);
        MemoryMarshal.Write(happening[Gap..], token);
        fixed (byte* first = happening)
            return Libc.EpollControl(_handle.Socket, Libc.EPOLL_CTL_ADD, descriptor, first) < 0 ? Libc.LastError : Errno.None;
    }
}

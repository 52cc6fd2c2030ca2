using System.Diagnostics;

namespace NetBootFabric.Sockets;

/// <summary>What the kinds of socket share: options, waiting, waking, and batches in and out. Calls after disposal do nothing.</summary>
internal sealed unsafe class NativeSocket : IDisposable
{
    /// <summary>Sockets that one thread waits for.</summary>
    public const int MostTogether = 16;

    private readonly SocketHandle _handle;
    private volatile bool _closed;

    private NativeSocket(SocketHandle handle) => _handle = handle;

    public bool IsClosed => _closed;

    /// <exception cref="SocketSetupException">The kernel refused.</exception>
    public static NativeSocket Open(int family, int type, int protocol, string purpose)
    {
        var socket = Libc.Socket(family, type | Libc.SOCK_CLOEXEC, protocol);
        if (socket < 0) throw SetupAdvice.For(Libc.LastError, SetupStep.Open, purpose);
        var wake = Libc.EventFd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        if (wake >= 0) return new NativeSocket(new SocketHandle(socket, wake));
        var error = Libc.LastError;
        _ = Libc.Close(socket);
        throw SetupAdvice.For(error, SetupStep.Open, purpose);
    }

    public Errno SetOption(int level, int name, int value) => SetOption(level, name, &value, sizeof(int));

    public Errno SetOption(int level, int name, void* value, int length) =>
        Libc.SetSockOpt(_handle.Socket, level, name, value, (uint)length) < 0 ? Libc.LastError : Errno.None;

    public Errno GetOption(int level, int name, void* value, int length)
    {
        if (!_handle.TryEnter()) return Errno.Closed;
        var size = (uint)length;
        var error = Libc.GetSockOpt(_handle.Socket, level, name, value, &size) < 0 ? Libc.LastError : Errno.None;
        _handle.Exit();
        return error;
    }

    public Errno Bind(void* name, int length) => Libc.Bind(_handle.Socket, name, (uint)length) < 0 ? Libc.LastError : Errno.None;

    public void GetName(void* name, int length)
    {
        var size = (uint)length;
        _ = Libc.GetSockName(_handle.Socket, name, &size);
    }

    /// <summary>
    /// Fills up to <paramref name="count"/> slots and returns how many. Asks the kernel first and waits only when nothing is there,
    /// so that a busy socket costs one call a batch. 0 after the time-out, a wake, disposal or an error.
    /// </summary>
    public int Receive(MessageHeaderSlot* slots, int count, TimeSpan timeout)
    {
        if (!_handle.TryEnter()) return 0;
        try
        {
            var received = ReceiveNow(slots, count);
            if (received != 0) return Math.Max(received, 0);
            if (timeout == TimeSpan.Zero || !Wait(Libc.POLLIN, timeout)) return 0;
            return Math.Max(ReceiveNow(slots, count), 0);
        }
        finally
        {
            _handle.Exit();
        }
    }

    /// <summary>Sends the slots in order until one does not go; how many went, or -1 with the error of the first.</summary>
    public int Send(MessageHeaderSlot* slots, int count, out Errno error)
    {
        error = Errno.Closed;
        if (!_handle.TryEnter()) return -1;
        int sent;
        do sent = Libc.SendMmsg(_handle.Socket, slots, (uint)count, Libc.MSG_DONTWAIT);
        while (sent < 0 && Libc.LastError == Errno.EINTR);
        error = sent < 0 ? Libc.LastError : Errno.None;
        _handle.Exit();
        return sent;
    }

    public Errno Send(MessageHeader* message)
    {
        if (!_handle.TryEnter()) return Errno.Closed;
        nint sent;
        do sent = Libc.SendMsg(_handle.Socket, message, Libc.MSG_DONTWAIT);
        while (sent < 0 && Libc.LastError == Errno.EINTR);
        var error = sent < 0 ? Libc.LastError : Errno.None;
        _handle.Exit();
        return error;
    }

    /// <summary>Waits until the send buffer has room; false after the time-out, a wake or disposal.</summary>
    public bool WaitWritable(TimeSpan timeout)
    {
        if (!_handle.TryEnter()) return false;
        var ready = Wait(Libc.POLLOUT, timeout);
        _handle.Exit();
        return ready;
    }

    /// <summary>Ends the wait of a receiver, or the next wait when none is going on.</summary>
    public void Wake()
    {
        if (!_handle.TryEnter()) return;
        Signal();
        _handle.Exit();
    }

    public void Dispose()
    {
        _closed = true;
        Wake(); // never drained from here on: every waiter sees it
        _handle.Dispose();
    }

    /// <summary>How many came; 0 for none; -1 for an error. An error stored on the socket (the link went down) is reported once, and gone.</summary>
    private int ReceiveNow(MessageHeaderSlot* slots, int count)
    {
        int received;
        do received = Libc.RecvMmsg(_handle.Socket, slots, (uint)count, Libc.MSG_DONTWAIT, null);
        while (received < 0 && Libc.LastError == Errno.EINTR);
        return received < 0 && Libc.LastError == Errno.EAGAIN ? 0 : received;
    }

    private bool Wait(short events, TimeSpan timeout)
    {
        if (_closed) return false;
        var descriptors = stackalloc PollDescriptor[2];
        Describe(descriptors, events);
        return Poll(descriptors, 2, timeout) && Settle(descriptors);
    }

    /// <summary>Waits until one of them has something to be received, or is woken; for no more than 16.</summary>
    public static void WaitReadable(ReadOnlySpan<NativeSocket> sockets, TimeSpan timeout)
    {
        var descriptors = stackalloc PollDescriptor[2 * MostTogether];
        var entered = 0;
        while (entered < sockets.Length && sockets[entered]._handle.TryEnter())
        {
            sockets[entered].Describe(descriptors + 2 * entered, Libc.POLLIN);
            entered++;
        }
        // One that is closed ends the wait.
        var ready = entered == sockets.Length && Poll(descriptors, 2 * entered, timeout);
        for (var i = 0; i < entered; i++)
        {
            if (ready) sockets[i].Settle(descriptors + 2 * i);
            sockets[i]._handle.Exit();
        }
    }

    private void Describe(PollDescriptor* descriptors, short events)
    {
        descriptors[0] = new PollDescriptor { Descriptor = _handle.Socket, Events = events };
        descriptors[1] = new PollDescriptor { Descriptor = _handle.Wake, Events = Libc.POLLIN };
    }

    /// <summary>False after the time-out, or an error.</summary>
    private static bool Poll(PollDescriptor* descriptors, int count, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        for (var left = timeout; ;)
        {
            var limit = new TimeSpec { Seconds = left.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = left.Ticks % TimeSpan.TicksPerSecond * 100 };
            var ready = Libc.PPoll(descriptors, (nuint)count, timeout < TimeSpan.Zero ? null : &limit, null);
            if (ready >= 0) return ready > 0;
            if (Libc.LastError != Errno.EINTR) return false;
            if (timeout < TimeSpan.Zero) continue;
            left = timeout - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return false;
        }
    }

    private void Signal()
    {
        var one = 1UL;
        _ = Libc.Write(_handle.Wake, &one, sizeof(ulong));
    }

    /// <summary>Drains a wake and says whether the socket is ready.</summary>
    private bool Settle(PollDescriptor* descriptors)
    {
        if (_closed) return false;
        if (descriptors[1].Returned != 0)
        {
            ulong count;
            _ = Libc.Read(_handle.Wake, &count, sizeof(ulong));
            if (_closed) Signal(); // drained what Dispose wrote; other waiters need it
        }
        return descriptors[0].Returned != 0;
    }
}

using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NetBootFabric.TftpLoad;

/// <summary>Waits for thousands of sockets at once (epoll(7)); .NET's own select is slower than the servers that are measured.</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int Add = 1;
    private const uint In = 1;
    private readonly int _descriptor = Create(0);
    private readonly Event[] _events = new Event[256];

    public void Watch(Socket socket, int tag)
    {
        var item = new Event { Events = In, Tag = tag };
        if (Control(_descriptor, Add, (int)socket.Handle, &item) != 0) throw new IOException($"epoll: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>The tags of the sockets that can be read; none after the time-out.</summary>
    public ReadOnlySpan<Event> Wait(int milliseconds)
    {
        int count;
        fixed (Event* events = _events) count = WaitFor(_descriptor, events, _events.Length, milliseconds);
        return _events.AsSpan(0, Math.Max(count, 0));
    }

    public void Dispose() => Close(_descriptor);

    /// <summary>struct epoll_event: packed on x64, aligned elsewhere; this generator runs on x64.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct Event
    {
        public uint Events;
        public int Tag;
        private readonly int _unused;
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, Event* item);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int WaitFor(int epoll, Event* events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

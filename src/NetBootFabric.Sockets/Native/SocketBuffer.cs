namespace NetBootFabric.Sockets;

/// <summary>The size of a socket's queues (socket(7)).</summary>
internal static unsafe class SocketBuffer
{
    /// <summary>Asks past the system's limit first, which takes CAP_NET_ADMIN, then within it. 0 asks for nothing.</summary>
    public static void Ask(NativeSocket socket, int forced, int limited, int bytes)
    {
        if (bytes <= 0) return;
        // The kernel doubles what it is given, for its own bookkeeping, and reports the double.
        var half = Math.Max(bytes / 2, 1);
        if (socket.SetOption(Libc.SOL_SOCKET, forced, half) != Errno.None) _ = socket.SetOption(Libc.SOL_SOCKET, limited, half);
    }

    public static int Size(NativeSocket socket, int name)
    {
        int bytes;
        return socket.GetOption(Libc.SOL_SOCKET, name, &bytes, sizeof(int)) == Errno.None ? bytes : 0;
    }
}

using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>
/// A socket and the eventfd that wakes its receiver, closed together. Closing waits for the last call that still uses them
/// (a reference count), so that a descriptor number is never closed, and given to someone else, under a blocked receive.
/// </summary>
internal sealed class SocketHandle : SafeHandle
{
    public SocketHandle(int socket, int wake) : base(-1, ownsHandle: true)
    {
        SetHandle(socket);
        Wake = wake;
    }

    public int Socket => (int)handle;

    /// <summary>-1 for a socket that nobody waits on.</summary>
    public int Wake { get; }

    public override bool IsInvalid => handle == -1;

    /// <summary>Keeps both descriptors open until <see cref="Exit"/>; false once closed.</summary>
    public bool TryEnter()
    {
        if (IsClosed) return false;
        try
        {
            var entered = false;
            DangerousAddRef(ref entered);
            return entered;
        }
        catch (ObjectDisposedException)
        {
            return false; // closed between the question and the call; once in a socket's life
        }
    }

    public void Exit() => DangerousRelease();

    protected override bool ReleaseHandle()
    {
        if (Wake >= 0) _ = Libc.Close(Wake);
        return Libc.Close(Socket) == 0;
    }
}

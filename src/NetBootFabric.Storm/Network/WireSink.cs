using NetBootFabric.Sockets;

namespace NetBootFabric.Storm.Network;

/// <summary>Puts frames on an interface.</summary>
internal sealed class WireSink(PacketSocket socket) : IFrameSink
{
    // A queue of the interface that is full for the moment is our own doing and must not be counted against the server.
    private const int Attempts = 1000;

    /// <summary>Frames that the interface did not take.</summary>
    public long Refused { get; private set; }

    public void Send(ReadOnlySpan<byte> frame)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var error = socket.Send(frame);
            if (error == Errno.None) return;
            if (error is not (Errno.ENOBUFS or Errno.EAGAIN)) break;
            Thread.Yield();
        }
        Refused++;
    }
}

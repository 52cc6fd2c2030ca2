using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Node.Wiring;

/// <summary>
/// Ends downloads that began at an address while another head node held it. A client that only waits for octets would wait until its patience is over (iPXE: 15 s):
/// it has nothing to send that the new holder could refuse. So it is sent a segment that is out of its window: it answers with an ACK (RFC 9293 §3.10.7.4), for
/// which this kernel has no connection; the kernel's RST carries the very sequence number that the client expects, so that the download fails at once, and is tried
/// again. To a connection that is this machine's own, or that the client has ended, nothing happens.
/// </summary>
internal sealed class ConnectionProbe : IDisposable
{
    private const uint HalfOfAll = 0x8000_0000;

    private readonly RawIpSocket _socket = new();

    /// <summary>To be called once the address is on this machine. Any thread.</summary>
    /// <returns>The kernel's error: EHOSTUNREACH when there is no route to the client …</returns>
    public Errno Probe(HttpDownload download)
    {
        Span<byte> packet = stackalloc byte[TcpAckSegment.PacketSize];
        var sequence = (uint)Random.Shared.NextInt64(1L << 32);
        // The window is unknown, but no window (1 GiB at most) holds both of two numbers that are half of all apart.
        var first = Send(packet, download, sequence);
        var second = Send(packet, download, sequence + HalfOfAll);
        return first == Errno.None ? second : first;
    }

    public void Dispose() => _socket.Dispose();

    private Errno Send(Span<byte> packet, HttpDownload download, uint sequence)
    {
        new TcpAckSegment(download.Server, download.ServerPort, download.Client, download.ClientPort, sequence, sequence).WriteAck(packet);
        return _socket.Send(packet);
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace NetBootFabric.Sockets;

/// <summary>Sends whole IPv4 packets, header and all, from whatever address they say; hears nothing (raw(7), IPPROTO_RAW). Takes CAP_NET_RAW. Any thread.</summary>
public sealed unsafe class RawIpSocket : IDisposable
{
    private const int ShortestHeader = 20, Destination = 16;

    private readonly NativeSocket _socket = NativeSocket.Open(Libc.AF_INET, Libc.SOCK_RAW, Libc.IPPROTO_RAW, "a raw IP socket");

    /// <summary>Sends one packet to the destination in its header, without waiting. EHOSTUNREACH, ENETUNREACH: there is no route.</summary>
    [SkipLocalsInit]
    public Errno Send(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < ShortestHeader) return Errno.EINVAL;
        var name = new InternetName(new UdpEndpoint(BinaryPrimitives.ReadUInt32BigEndian(packet[Destination..]), 0));
        fixed (byte* bytes = packet)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)packet.Length };
            var message = new MessageHeader { Name = &name, NameLength = (uint)sizeof(InternetName), Vectors = &vector, VectorCount = 1 };
            return _socket.Send(&message);
        }
    }

    public void Dispose() => _socket.Dispose();
}

using System.Buffers.Binary;

namespace NetBootFabric.Sockets;

/// <summary>The ancillary data of a sent datagram: where it leaves from (IP_PKTINFO) and where to cut it (UDP_SEGMENT).</summary>
internal static class SendControl
{
    /// <summary>56 = 32 in_pktinfo + 24 segment size, each as CMSG_SPACE.</summary>
    public const int Size = 56;

    /// <summary>Returns the octets written; 0 when there is nothing to say.</summary>
    public static int Write(Span<byte> bytes, LocalAddress from, ushort segment)
    {
        var length = 0;
        if (from != default)
        {
            var info = new PacketInfo { InterfaceIndex = from.InterfaceIndex, SpecificDestination = BinaryPrimitives.ReverseEndianness(from.Address) };
            length += ControlMessages.Write(bytes, Libc.SOL_IP, Libc.IP_PKTINFO, in info);
        }
        if (segment > 0) length += ControlMessages.Write(bytes[length..], Libc.SOL_UDP, Libc.UDP_SEGMENT, in segment);
        return length;
    }
}

using System.Buffers.Binary;

namespace NetBootFabric.Wire.Ip;

/// <summary>One TCP segment without data (RFC 9293 §3.1), of a connection that somebody else has.</summary>
/// <param name="Sequence">Of the next octet that the source would send.</param>
/// <param name="Acknowledgment">Of the next octet that it would want.</param>
public readonly record struct TcpAckSegment(Ipv4Address Source, ushort SourcePort, Ipv4Address Destination, ushort DestinationPort, uint Sequence, uint Acknowledgment)
{
    /// <summary>20 octets without options.</summary>
    public const int HeaderSize = 20;

    /// <summary>40 = 20 IPv4 + 20 TCP.</summary>
    public const int PacketSize = Ipv4Packet.HeaderSize + HeaderSize;

    private const int DestinationPortOffset = 2;
    private const int SequenceOffset = 4;
    private const int AcknowledgmentOffset = 8;
    private const int Flags = 12;
    private const int Window = 14;
    private const int Checksum = 16;

    private const ushort FiveWordsAndAck = 0x5010; // 5 words of header, the ACK flag alone

    /// <summary>Writes a whole IPv4 packet with the ACK flag alone, and a window that is open; the buffer must hold <see cref="PacketSize"/> octets.</summary>
    public void WriteAck(Span<byte> packet)
    {
        Ipv4Packet.WriteHeader(packet, Source, Destination, Ipv4Packet.TcpProtocol, HeaderSize);
        var header = packet[Ipv4Packet.HeaderSize..PacketSize];
        header.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(header[DestinationPortOffset..], DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(header[SequenceOffset..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(header[AcknowledgmentOffset..], Acknowledgment);
        BinaryPrimitives.WriteUInt16BigEndian(header[Flags..], FiveWordsAndAck);
        BinaryPrimitives.WriteUInt16BigEndian(header[Window..], ushort.MaxValue);
        // Source, destination, protocol and length, as words (§3.1).
        BinaryPrimitives.WriteUInt16BigEndian(header[Checksum..], InternetChecksum.Compute(header, (ulong)Source.Value + Destination.Value + Ipv4Packet.TcpProtocol + HeaderSize));
    }
}

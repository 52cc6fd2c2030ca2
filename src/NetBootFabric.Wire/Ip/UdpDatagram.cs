using System.Buffers.Binary;

namespace NetBootFabric.Wire.Ip;

/// <summary>A view of one UDP datagram over IPv4 (RFC 768).</summary>
public readonly ref struct UdpDatagram
{
    public const int HeaderSize = 8;

    private const int DestinationPortOffset = 2;
    private const int Length = 4;
    private const int Checksum = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private UdpDatagram(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Never throws.</summary>
    /// <param name="verifyChecksum">
    /// False for frames whose sender left the checksum to its hardware and that were captured before it, as between virtual interfaces.
    /// </param>
    public static bool TryParse(scoped in Ipv4Packet ip, out UdpDatagram datagram, out FrameRefusal refusal, bool verifyChecksum = true)
    {
        datagram = default;
        refusal = Check(ip, verifyChecksum, out var length);
        if (refusal != FrameRefusal.None) return false;
        datagram = new UdpDatagram(ip.Payload[..length]);
        return true;
    }

    /// <summary>Writes the 8 octets of a header with the checksum over it and the payload that stands behind it already.</summary>
    /// <param name="datagram">Header and payload, up to 65515 octets.</param>
    public static void WriteHeader(Span<byte> datagram, Ipv4Address source, ushort sourcePort, Ipv4Address destination, ushort destinationPort)
    {
        BinaryPrimitives.WriteUInt16BigEndian(datagram, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[DestinationPortOffset..], destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[Length..], (ushort)datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[Checksum..], 0);
        var checksum = InternetChecksum.Compute(datagram, PseudoHeader(source, destination, datagram.Length));
        // Zero would say that there is none.
        BinaryPrimitives.WriteUInt16BigEndian(datagram[Checksum..], checksum == 0 ? ushort.MaxValue : checksum);
    }

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[DestinationPortOffset..]);

    /// <summary>False when the sender computed none.</summary>
    public bool HasChecksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[Checksum..]) != 0;

    public ReadOnlySpan<byte> Payload => _bytes[HeaderSize..];

    private static FrameRefusal Check(scoped in Ipv4Packet ip, bool verifyChecksum, out int length)
    {
        length = 0;
        var bytes = ip.Payload;
        if (ip.Protocol != Ipv4Packet.UdpProtocol) return FrameRefusal.NotUdp;
        if (bytes.Length < HeaderSize) return FrameRefusal.UdpTooShort;
        length = BinaryPrimitives.ReadUInt16BigEndian(bytes[Length..]);
        if (length < HeaderSize || length > bytes.Length) return FrameRefusal.BadUdpLength;
        if (!verifyChecksum || BinaryPrimitives.ReadUInt16BigEndian(bytes[Checksum..]) == 0) return FrameRefusal.None;
        var rest = InternetChecksum.Compute(bytes[..length], PseudoHeader(ip.Source, ip.Destination, length));
        return rest == 0 ? FrameRefusal.None : FrameRefusal.BadUdpChecksum;
    }

    /// <summary>Source, destination, protocol and length, as words (RFC 768).</summary>
    private static ulong PseudoHeader(Ipv4Address source, Ipv4Address destination, int length) =>
        (ulong)source.Value + destination.Value + Ipv4Packet.UdpProtocol + (uint)length;
}

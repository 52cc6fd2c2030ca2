using System.Buffers.Binary;

namespace NetBootFabric.Wire.Ip;

/// <summary>A view of one whole IPv4 datagram (RFC 791 §3.1). Header options are skipped; fragments are refused.</summary>
public readonly ref struct Ipv4Packet
{
    /// <summary>20 octets without options.</summary>
    public const int HeaderSize = 20;
    public const byte TcpProtocol = 6;
    public const byte UdpProtocol = 17;

    private const int TotalLength = 2;
    private const int Fragmentation = 6;
    private const int Ttl = 8;
    private const int ProtocolOffset = 9;
    private const int Checksum = 10;
    private const int SourceOffset = 12;
    private const int DestinationOffset = 16;

    private const byte VersionAndLength = 0x45; // version 4, 5 words of 4 octets
    private const ushort DontFragment = 0x4000;
    private const ushort MoreFragmentsOrOffset = 0x3FFF;
    private const byte DefaultTtl = 64;

    private readonly ReadOnlySpan<byte> _header;

    private Ipv4Packet(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        _header = header;
        Payload = payload;
    }

    /// <summary>Checks lengths and header checksum. Octets behind the total length are a short frame's padding. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ipv4Packet packet, out FrameRefusal refusal)
    {
        packet = default;
        refusal = Check(bytes, out var headerLength, out var totalLength);
        if (refusal != FrameRefusal.None) return false;
        packet = new Ipv4Packet(bytes[..headerLength], bytes[headerLength..totalLength]);
        return true;
    }

    /// <summary>Writes the 20 octets of a header with its checksum; the buffer must hold them.</summary>
    /// <param name="buffer">Where the datagram starts.</param>
    /// <param name="payloadLength">Octets behind the header, up to 65515.</param>
    public static void WriteHeader(Span<byte> buffer, Ipv4Address source, Ipv4Address destination, byte protocol, int payloadLength)
    {
        var header = buffer[..HeaderSize];
        header.Clear();
        header[0] = VersionAndLength;
        BinaryPrimitives.WriteUInt16BigEndian(header[TotalLength..], (ushort)(HeaderSize + payloadLength));
        // Never fragmented, so the identification may stay zero (RFC 6864 §4.1).
        BinaryPrimitives.WriteUInt16BigEndian(header[Fragmentation..], DontFragment);
        header[Ttl] = DefaultTtl;
        header[ProtocolOffset] = protocol;
        source.Write(header[SourceOffset..]);
        destination.Write(header[DestinationOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[Checksum..], InternetChecksum.Compute(header));
    }

    public byte TimeToLive => _header[Ttl];
    public byte Protocol => _header[ProtocolOffset];
    public Ipv4Address Source => Ipv4Address.Read(_header[SourceOffset..]);
    public Ipv4Address Destination => Ipv4Address.Read(_header[DestinationOffset..]);

    /// <summary>From the end of the header to the total length.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    private static FrameRefusal Check(ReadOnlySpan<byte> bytes, out int headerLength, out int totalLength)
    {
        headerLength = totalLength = 0;
        if (bytes.Length < HeaderSize) return FrameRefusal.IpTooShort;
        if (bytes[0] >> 4 != 4) return FrameRefusal.NotIpv4;
        headerLength = (bytes[0] & 15) * 4;
        if (headerLength < HeaderSize || headerLength > bytes.Length) return FrameRefusal.BadHeaderLength;
        totalLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[TotalLength..]);
        if (totalLength < headerLength || totalLength > bytes.Length) return FrameRefusal.BadTotalLength;
        if (InternetChecksum.Compute(bytes[..headerLength]) != 0) return FrameRefusal.BadHeaderChecksum;
        var fragmentation = BinaryPrimitives.ReadUInt16BigEndian(bytes[Fragmentation..]);
        return (fragmentation & MoreFragmentsOrOffset) != 0 ? FrameRefusal.Fragment : FrameRefusal.None;
    }
}

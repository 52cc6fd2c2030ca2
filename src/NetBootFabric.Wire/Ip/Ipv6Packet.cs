using System.Buffers.Binary;

namespace NetBootFabric.Wire.Ip;

/// <summary>A view of one whole IPv6 packet (RFC 8200 §3). Extension headers are not looked into: they are the payload.</summary>
public readonly ref struct Ipv6Packet
{
    public const int HeaderSize = 40;
    public const byte Icmpv6 = 58;

    private const int PayloadLengthOffset = 4;
    private const int NextHeaderOffset = 6;
    private const int HopLimitOffset = 7;
    private const int SourceOffset = 8;
    private const int DestinationOffset = 24;
    private const uint Version = 6u << 28; // traffic class and flow label are 0

    private readonly ReadOnlySpan<byte> _header;

    private Ipv6Packet(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        _header = header;
        Payload = payload;
    }

    /// <summary>Octets behind the payload length are a short frame's padding. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ipv6Packet packet, out FrameRefusal refusal)
    {
        packet = default;
        refusal = Check(bytes, out var payloadLength);
        if (refusal != FrameRefusal.None) return false;
        packet = new Ipv6Packet(bytes[..HeaderSize], bytes.Slice(HeaderSize, payloadLength));
        return true;
    }

    /// <summary>Writes the 40 octets of a header; the buffer must hold them.</summary>
    /// <param name="buffer">Where the packet starts.</param>
    /// <param name="payloadLength">Octets behind the header, up to 65535.</param>
    public static void WriteHeader(Span<byte> buffer, Ipv6Address source, Ipv6Address destination, byte nextHeader, byte hopLimit, int payloadLength)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer, Version);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[PayloadLengthOffset..], (ushort)payloadLength);
        buffer[NextHeaderOffset] = nextHeader;
        buffer[HopLimitOffset] = hopLimit;
        source.Write(buffer[SourceOffset..]);
        destination.Write(buffer[DestinationOffset..]);
    }

    /// <summary>The checksum of a payload with its pseudo-header (RFC 8200 §8.1): to be written where the field is 0, and 0 where it holds the right one.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> payload, Ipv6Address source, Ipv6Address destination, byte nextHeader) =>
        InternetChecksum.Compute(payload, Words(source) + Words(destination) + (uint)payload.Length + nextHeader);

    public byte NextHeader => _header[NextHeaderOffset];
    public byte HopLimit => _header[HopLimitOffset];
    public Ipv6Address Source => Ipv6Address.Read(_header[SourceOffset..]);
    public Ipv6Address Destination => Ipv6Address.Read(_header[DestinationOffset..]);

    /// <summary>What stands behind the header, without padding.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    private static FrameRefusal Check(ReadOnlySpan<byte> bytes, out int payloadLength)
    {
        payloadLength = 0;
        if (bytes.Length < HeaderSize) return FrameRefusal.IpTooShort;
        if (bytes[0] >> 4 != 6) return FrameRefusal.NotIpv6;
        payloadLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[PayloadLengthOffset..]);
        return payloadLength > bytes.Length - HeaderSize ? FrameRefusal.BadTotalLength : FrameRefusal.None;
    }

    /// <summary>The sum of the address' four 32-bit words.</summary>
    private static ulong Words(Ipv6Address address)
    {
        var (high, low) = ((ulong)(address.Value >> 64), (ulong)address.Value);
        return (high >> 32) + (uint)high + (low >> 32) + (uint)low;
    }
}

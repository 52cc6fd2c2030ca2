using NetBootFabric.Wire.Ethernet;

namespace NetBootFabric.Wire.Ip;

/// <summary>
/// From where to where a UDP datagram goes in a raw frame of its own: how a client is reached that has no address yet and can't answer ARP (RFC 2131 §4.1).
/// </summary>
public readonly record struct UdpFrame
{
    /// <summary>42 = 14 Ethernet + 20 IPv4 + 8 UDP: where the payload starts.</summary>
    public const int HeaderSize = EthernetFrame.HeaderSize + Ipv4Packet.HeaderSize + UdpDatagram.HeaderSize;

    private const int LongestPayload = ushort.MaxValue - Ipv4Packet.HeaderSize - UdpDatagram.HeaderSize;
    private const int IpOffset = EthernetFrame.HeaderSize;
    private const int UdpOffset = IpOffset + Ipv4Packet.HeaderSize;

    public required MacAddress SourceMac { get; init; }
    public required MacAddress DestinationMac { get; init; }
    public required Ipv4Address Source { get; init; }
    public required ushort SourcePort { get; init; }
    public required Ipv4Address Destination { get; init; }
    public required ushort DestinationPort { get; init; }

    /// <summary>Writes the headers and a copy of the payload; false when they don't fit.</summary>
    /// <param name="length">Octets of the frame. Short frames are padded by the interface.</param>
    public bool TryWrite(Span<byte> buffer, ReadOnlySpan<byte> payload, out int length)
    {
        length = 0;
        if (buffer.Length < HeaderSize + payload.Length) return false;
        payload.CopyTo(buffer[HeaderSize..]);
        return TryWriteHeaders(buffer, payload.Length, out length);
    }

    /// <summary>Writes the headers around a payload that stands at <see cref="HeaderSize"/> already.</summary>
    public bool TryWriteHeaders(Span<byte> buffer, int payloadLength, out int length)
    {
        length = 0;
        if (payloadLength is < 0 or > LongestPayload || buffer.Length < HeaderSize + payloadLength) return false;
        length = HeaderSize + payloadLength;
        EthernetFrame.WriteHeader(buffer, DestinationMac, SourceMac, EtherType.Ipv4);
        Ipv4Packet.WriteHeader(buffer[IpOffset..], Source, Destination, Ipv4Packet.UdpProtocol, UdpDatagram.HeaderSize + payloadLength);
        UdpDatagram.WriteHeader(buffer[UdpOffset..length], Source, SourcePort, Destination, DestinationPort);
        return true;
    }

    /// <summary>Reads all three headers; the payload is a view. Never throws.</summary>
    /// <param name="verifyChecksum">See <see cref="UdpDatagram.TryParse"/>.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, out UdpFrame frame, out ReadOnlySpan<byte> payload, out FrameRefusal refusal, bool verifyChecksum = true)
    {
        frame = default;
        payload = default;
        if (!EthernetFrame.TryParse(bytes, out var ethernet, out refusal)) return false;
        if (ethernet.Type != EtherType.Ipv4)
        {
            refusal = FrameRefusal.OtherEtherType;
            return false;
        }
        if (!Ipv4Packet.TryParse(ethernet.Payload, out var ip, out refusal)) return false;
        if (!UdpDatagram.TryParse(ip, out var udp, out refusal, verifyChecksum)) return false;
        payload = udp.Payload;
        frame = new UdpFrame
        {
            SourceMac = ethernet.Source,
            DestinationMac = ethernet.Destination,
            Source = ip.Source,
            SourcePort = udp.SourcePort,
            Destination = ip.Destination,
            DestinationPort = udp.DestinationPort,
        };
        return true;
    }
}

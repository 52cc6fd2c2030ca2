using System.Buffers.Binary;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Wire.Ndp;

/// <summary>What router solicitations and advertisements share: the headers around them, and the rules for a valid one (RFC 4861 §6.1).</summary>
internal static class NdpMessage
{
    public const byte Solicitation = 133, Advertisement = 134;

    /// <summary>54 = 14 Ethernet + 40 IPv6: where the ICMPv6 message starts in a frame.</summary>
    public const int Offset = EthernetFrame.HeaderSize + Ipv6Packet.HeaderSize;

    private const int ChecksumOffset = 2;

    /// <summary>A packet is only taken with it: no router has sent it on (RFC 4861 §3.1).</summary>
    private const byte OnThisLink = 255;

    /// <param name="fixedSize">Octets of the message before its options.</param>
    public static NdpRefusal Check(scoped in Ipv6Packet packet, byte type, int fixedSize, out MacAddress? sourceMac)
    {
        sourceMac = null;
        var message = packet.Payload;
        if (packet.NextHeader != Ipv6Packet.Icmpv6) return NdpRefusal.NotIcmpv6;
        if (message.IsEmpty || message[0] != type) return NdpRefusal.OtherType;
        if (packet.HopLimit != OnThisLink) return NdpRefusal.BadHopLimit;
        if (message.Length < fixedSize) return NdpRefusal.TooShort;
        if (Ipv6Packet.Checksum(message, packet.Source, packet.Destination, Ipv6Packet.Icmpv6) != 0) return NdpRefusal.BadChecksum;
        if (message[1] != 0) return NdpRefusal.BadCode;
        if (!NdpOptions.TryRead(message[fixedSize..], out sourceMac)) return NdpRefusal.BadOption;
        return packet.Source.IsMulticast ? NdpRefusal.BadSource : NdpRefusal.None;
    }

    /// <summary>Puts Ethernet and IPv6 headers before a message that stands at <see cref="Offset"/>, and its checksum into it.</summary>
    /// <param name="frame">Exactly headers and message.</param>
    public static void Frame(Span<byte> frame, MacAddress sourceMac, MacAddress destinationMac, Ipv6Address source, Ipv6Address destination)
    {
        var message = frame[Offset..];
        EthernetFrame.WriteHeader(frame, destinationMac, sourceMac, EtherType.Ipv6);
        Ipv6Packet.WriteHeader(frame[EthernetFrame.HeaderSize..], source, destination, Ipv6Packet.Icmpv6, OnThisLink, message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], Ipv6Packet.Checksum(message, source, destination, Ipv6Packet.Icmpv6));
    }
}

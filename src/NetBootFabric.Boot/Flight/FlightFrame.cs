using System.Buffers.Binary;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Boot.Flight;

/// <summary>
/// Rebuilds the Ethernet frame of a packet that was remembered without its headers. Lengths and checksums are right. The checksum of UDP is none where the content was not remembered. Of the
/// hardware addresses the client's and the head node's are real; that of a relay agent is made up of its IP address.
/// </summary>
/// <param name="Octets">May be only the frame's beginning.</param>
/// <param name="Length">Of the whole frame.</param>
public readonly record struct FlightFrame(byte[] Octets, int Length)
{
    private const int UdpChecksum = EthernetFrame.HeaderSize + Ipv4Packet.HeaderSize + 6;

    /// <summary>Null: it is a note, or no frame can carry it.</summary>
    /// <param name="ownMac">Of the head node's interface that it came or left by.</param>
    public static FlightFrame? Of(FlightEntry entry, MacAddress client, MacAddress ownMac)
    {
        if (entry.Note is not null) return null;
        return entry.Packet.Protocol == FlightProtocol.Arp ? Arp(entry, ownMac) : Udp(entry, client, ownMac);
    }

    private static FlightFrame? Arp(FlightEntry entry, MacAddress ownMac)
    {
        if (!ArpPacket.TryParse(entry.Payload.Span, out var packet, out _)) return null;
        var frame = new byte[ArpPacket.FrameSize];
        packet.TryWriteFrame(frame, packet.Operation == ArpOperation.Request ? MacAddress.Broadcast : ownMac);
        return new FlightFrame(frame, frame.Length);
    }

    private static FlightFrame? Udp(FlightEntry entry, MacAddress client, MacAddress ownMac)
    {
        var packet = entry.Packet;
        var length = Math.Max(packet.Length, entry.Payload.Length);
        var other = OtherMac(packet, client);
        var frame = new UdpFrame
        {
            SourceMac = packet.Sent ? ownMac : other,
            DestinationMac = packet.Destination == Ipv4Address.Broadcast ? MacAddress.Broadcast : packet.Sent ? other : ownMac,
            Source = packet.Source,
            SourcePort = packet.SourcePort,
            Destination = packet.Destination,
            DestinationPort = packet.DestinationPort,
        };
        var octets = new byte[UdpFrame.HeaderSize + length];
        entry.Payload.Span.CopyTo(octets.AsSpan(UdpFrame.HeaderSize));
        if (!frame.TryWriteHeaders(octets, length, out var whole)) return null;
        if (entry.Payload.Length == length) return new FlightFrame(octets, whole);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(UdpChecksum), 0);
        return new FlightFrame(octets[..(UdpFrame.HeaderSize + entry.Payload.Length)], whole);
    }

    /// <summary>A relay agent speaks from and is answered at the servers' port.</summary>
    private static MacAddress OtherMac(in FlightPacket packet, MacAddress client)
    {
        var (address, port) = packet.Sent ? (packet.Destination, packet.DestinationPort) : (packet.Source, packet.SourcePort);
        return packet.Protocol == FlightProtocol.Dhcp && port == DhcpPacket.ServerPort ? MadeUp(address) : client;
    }

    /// <summary>02 marks an address that no vendor gave.</summary>
    public static MacAddress MadeUp(Ipv4Address address) => new(0x0200_0000_0000ul | address.Value);
}

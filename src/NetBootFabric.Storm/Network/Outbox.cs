using NetBootFabric.Storm.Tcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Network;

/// <summary>Builds frames in one buffer that all clients share, and hands them to the wire.</summary>
internal sealed class Outbox(IFrameSink sink)
{
    // 1514 = 14 Ethernet + 1500 MTU: no client sends more.
    private readonly byte[] _frame = new byte[1514];

    public long Frames { get; private set; }

    public long Octets { get; private set; }

    /// <summary>Where the payload of the next datagram is written.</summary>
    public Span<byte> UdpPayload => _frame.AsSpan(UdpFrame.HeaderSize);

    public void Udp(in UdpFrame header, int payloadLength)
    {
        if (header.TryWriteHeaders(_frame, payloadLength, out var length)) Send(length);
    }

    public void Arp(in ArpPacket packet, MacAddress destination)
    {
        if (packet.TryWriteFrame(_frame, destination)) Send(ArpPacket.FrameSize);
    }

    /// <param name="options">A multiple of four octets.</param>
    /// <param name="payload">At most one segment.</param>
    public void Tcp(in Link link, in TcpSegment segment, scoped ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload)
    {
        const int start = EthernetFrame.HeaderSize + Ipv4Packet.HeaderSize;
        var length = TcpSegment.HeaderSize + options.Length + payload.Length;
        EthernetFrame.WriteHeader(_frame, link.DestinationMac, link.SourceMac, EtherType.Ipv4);
        Ipv4Packet.WriteHeader(_frame.AsSpan(EthernetFrame.HeaderSize), link.Source, link.Destination, TcpSegment.Protocol, length);
        options.CopyTo(_frame.AsSpan(start + TcpSegment.HeaderSize));
        payload.CopyTo(_frame.AsSpan(start + TcpSegment.HeaderSize + options.Length));
        segment.Write(_frame.AsSpan(start, length), options.Length, link.Source, link.Destination);
        Send(start + length);
    }

    private void Send(int length)
    {
        Frames++;
        Octets += length;
        sink.Send(_frame.AsSpan(0, length));
    }
}

/// <summary>From whom to whom, by both their addresses.</summary>
internal readonly record struct Link(MacAddress SourceMac, Ipv4Address Source, MacAddress DestinationMac, Ipv4Address Destination);

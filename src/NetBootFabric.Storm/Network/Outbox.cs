using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Network;

/// <summary>Builds frames in one buffer that all clients share, and hands them to the wire.</summary>
internal sealed class Outbox(IFrameSink sink)
{
    // 1514 = 14 Ethernet + 1500 MTU: no client sends more.
    private readonly byte[] _frame = new byte[1514];

    public long Frames { get; private set; }

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

    private void Send(int length)
    {
        Frames++;
        sink.Send(_frame.AsSpan(0, length));
    }
}

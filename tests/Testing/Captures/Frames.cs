using NetBootFabric.Wire;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Testing.Captures;

/// <summary>Puts headers around payloads, so that they can go to a capture or to a raw socket.</summary>
public static class Frames
{
    public static byte[] Udp(
        ReadOnlySpan<byte> payload, MacAddress sourceMac, MacAddress destinationMac,
        Ipv4Address source, ushort sourcePort, Ipv4Address destination, ushort destinationPort)
    {
        var header = new UdpFrame
        {
            SourceMac = sourceMac,
            DestinationMac = destinationMac,
            Source = source,
            SourcePort = sourcePort,
            Destination = destination,
            DestinationPort = destinationPort,
        };
        var frame = new byte[UdpFrame.HeaderSize + payload.Length];
        Assert.True(header.TryWrite(frame, payload, out _));
        return frame;
    }
}

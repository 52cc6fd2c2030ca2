using System.Diagnostics;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Dhcp.Tests.Server;

/// <summary>A client without an address, as firmware is: whole frames in and out.</summary>
internal sealed class RawClient(int interfaceIndex, MacAddress mac) : IDisposable
{
    private readonly PacketSocket _socket = PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = interfaceIndex, EtherType = 0x0800 });
    private readonly FrameBatch _batch = new();

    public void Send(byte[] message, Ipv4Address? from = null, Ipv4Address? to = null, MacAddress? toMac = null, ushort fromPort = 68, ushort port = 67)
    {
        var frame = new UdpFrame
        {
            SourceMac = mac,
            DestinationMac = toMac ?? MacAddress.Broadcast,
            Source = from ?? Ipv4Address.Any,
            SourcePort = fromPort,
            Destination = to ?? Ipv4Address.Broadcast,
            DestinationPort = port,
        };
        var octets = new byte[1514];
        Assert.True(frame.TryWrite(octets, message, out var length));
        Assert.Equal(Errno.None, _socket.Send(octets.AsSpan(0, length)));
    }

    /// <summary>The next answer of a DHCP server, with the frame that it came in.</summary>
    public (MacAddress To, UdpFrame Udp, byte[] Message) Receive()
    {
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(20))
        {
            var count = _socket.Receive(_batch, TimeSpan.FromSeconds(1));
            for (var i = 0; i < count; i++)
            {
                if (!UdpFrame.TryParse(_batch[i].Bytes, out var udp, out var payload, out _, verifyChecksum: false)) continue;
                if (!DhcpPacket.TryParse(payload, out var packet, out _) || packet.Op != DhcpOp.Reply) continue;
                Assert.True(EthernetFrame.TryParse(_batch[i].Bytes, out var ethernet, out _));
                return (ethernet.Destination, udp, payload.ToArray());
            }
        }
        throw new TimeoutException("no answer came");
    }

    public void Dispose() => _socket.Dispose();
}

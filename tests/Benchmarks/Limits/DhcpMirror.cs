using System.Buffers.Binary;
using NetBootFabric.Benchmarks.Shared;
using NetBootFabric.Sockets;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Benchmarks.Limits;

/// <summary>
/// A DHCP server that does no work: it sends each request back to its relay agent as the answer, with the low octets of the MAC address as address. It
/// keeps, looks up and writes nothing.
/// </summary>
internal sealed class DhcpMirror(uint address)
{
    // Offsets of the fixed fields (RFC 2131 figure 1); the message type stands first behind the cookie, as the generator writes it.
    private const int Op = 0, Yiaddr = 16, Siaddr = 20, Mac = 28, TypeCode = 240, Type = 242, Shortest = 300;
    private const int Batch = 64;
    private const uint Network = 10u << 24 | 64u << 16;

    public void Serve()
    {
        using var socket = DatagramSocket.Open(new DatagramSocketOptions { Address = address, Port = DhcpPacket.ServerPort, ReceiveBufferBytes = 16 << 20, Segmentation = false });
        var incoming = new DatagramBatch(Batch);
        var outgoing = new Outgoing(socket, Batch);
        var answer = new byte[2048];
        while (true)
        {
            socket.Receive(incoming);
            for (var i = 0; i < incoming.Count; i++)
            {
                var request = incoming[i];
                if (!TryMirror(request.Payload, answer, address)) continue;
                outgoing.Add(answer.AsSpan(0, request.Payload.Length), request.Source, default);
            }
            outgoing.Flush();
        }
    }

    internal static bool TryMirror(ReadOnlySpan<byte> request, Span<byte> answer, uint server)
    {
        if (request.Length < Shortest || request[Op] != (byte)DhcpOp.Request || request[TypeCode] != DhcpOptions.MessageType.Code) return false;
        request.CopyTo(answer);
        answer[Op] = (byte)DhcpOp.Reply;
        answer[Type] = (byte)(request[Type] == (byte)DhcpMessageType.Discover ? DhcpMessageType.Offer : DhcpMessageType.Ack);
        BinaryPrimitives.WriteUInt32BigEndian(answer[Yiaddr..], Network + BinaryPrimitives.ReadUInt16BigEndian(request[(Mac + 4)..]));
        BinaryPrimitives.WriteUInt32BigEndian(answer[Siaddr..], server);
        return true;
    }
}

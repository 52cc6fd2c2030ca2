using System.Numerics;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>What one socket tells the flight recorder: what tells the story of a transfer, and no file's content.</summary>
internal sealed class TransferFlight(IFlightRecorder recorder, ushort port)
{
    public MacAddress ClientAt(UdpEndpoint peer) => recorder.ClientAt(new Ipv4Address(peer.Address));

    public void Heard(MacAddress client, in Datagram datagram) =>
        recorder.Packet(client, new FlightPacket(FlightProtocol.Tftp, Sent: false, new Ipv4Address(datagram.Source.Address), datagram.Source.Port, new Ipv4Address(datagram.Local.Address), port), datagram.Payload);

    public void Sent(MacAddress client, ReadOnlySpan<byte> packet, UdpEndpoint to, LocalAddress from, int length = 0, bool again = false)
    {
        var sent = new FlightPacket(FlightProtocol.Tftp, Sent: true, new Ipv4Address(from.Address), port, new Ipv4Address(to.Address), to.Port) { Length = length, Again = again };
        recorder.Packet(client, sent, packet);
    }

    public void Note(MacAddress client, string text) => recorder.Note(client, FlightProtocol.Tftp, text);

    /// <summary>The first block, the last one, and what is sent again; of many repetitions the first, second, fourth, eighth … so that they don't drive out what led to them.</summary>
    public void Blocks(Session session, long first, int count)
    {
        var (last, highest) = (first + count - 1, session.HighestSent);
        session.HighestSent = Math.Max(last, highest);
        if (first <= highest)
        {
            if (BitOperations.IsPow2(++session.Repetitions)) Block(session, first, again: true);
            return;
        }
        if (first == 1) Block(session, first, again: false);
        if (last == session.Transfer!.LastBlock && last > 1) Block(session, last, again: false);
    }

    private void Block(Session session, long block, bool again)
    {
        Span<byte> header = stackalloc byte[TftpPacket.DataHeader];
        TftpWriter.TryWriteDataHeader(header, (ushort)block);
        var size = session.Terms.BlockSize;
        var data = (int)Math.Clamp(session.Content!.Length - (block - 1) * size, 0, size);
        Sent(session.Request.Client, header, session.Request.Peer, session.Request.Local, header.Length + data, again);
    }
}

using NetBootFabric.Sockets;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Benchmarks.Limits;

/// <summary>
/// A TFTP server that does no work: one file, one block size, one window for everybody. It answers each ACK with the window behind it, keeps nothing of a
/// client, and repeats nothing: what is lost stays lost until the client asks again.
/// </summary>
internal sealed class TftpCan(uint address, byte[] file, ushort blockSize, ushort windowSize)
{
    private const int Batch = 64;

    private readonly byte[] _packet = new byte[TftpPacket.LongestRequest];

    /// <summary>A file that ends with a full block is followed by an empty one (RFC 1350 §6).</summary>
    private int Blocks => file.Length / blockSize + 1;

    public void Serve()
    {
        using var socket = DatagramSocket.Open(new DatagramSocketOptions { Address = address, Port = TftpPacket.ServerPort, ReceiveBufferBytes = 16 << 20, SendBufferBytes = 16 << 20 });
        var incoming = new DatagramBatch(Batch, TftpPacket.LongestRequest);
        var outgoing = new DataBatch(socket, file, blockSize);
        while (true)
        {
            socket.Receive(incoming);
            for (var i = 0; i < incoming.Count; i++) Answer(incoming[i], outgoing);
            outgoing.Flush();
        }
    }

    private void Answer(Datagram datagram, DataBatch outgoing)
    {
        if (!TftpPacket.TryParse(datagram.Payload, out var packet, out _)) return;
        if (packet.Opcode == TftpOpcode.ReadRequest)
        {
            var writer = TftpWriter.OptionAck(_packet);
            writer.AddOption(TftpOption.BlockSize, blockSize);
            if (windowSize > 1) writer.AddOption(TftpOption.WindowSize, windowSize);
            if (writer.TryFinish(out var length)) outgoing.Add(_packet.AsSpan(0, length), datagram.Source);
        }
        else if (packet.Opcode == TftpOpcode.Ack)
        {
            outgoing.AddBlocks(packet.Block + 1, Math.Min(windowSize, Blocks - packet.Block), datagram.Source);
        }
    }
}
